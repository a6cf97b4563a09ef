import NIOCore
import NIOPosix
import Synchronization

/// The sockets on which the services accept connections.
///
/// A connection that is accepted while its server ends reaches nobody, and NIO ends the process when an asynchronous
/// channel is dropped. So they are closed in two steps.
final class Listeners: Sendable {
  private let channels = Mutex<[any Channel]>([])

  func add(_ channel: any Channel) {
    channels.withLock { $0.append(channel) }
  }

  /// Accepts no more connections; when it returns, those accepted before are in their servers' hands.
  func stopAccepting() async {
    for channel in channels.withLock({ $0 }) { try? await channel.setOption(.autoRead, value: false).get() }
    // A connection is set up on a loop of its own, and then handed to the listener's.
    for _ in 0..<2 {
      for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try? await loop.submit {}.get() }
    }
  }
}
