import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Looks at the certificates of a server that were not accepted: the library says no more than that they were not.
///
/// One more handshake, which is always broken off before anything is sent.
enum CertificateInspection {
  private struct Validity: Sendable {
    /// Seconds since 1970.
    let from: Int
    let through: Int
  }

  /// How long the handshake may take.
  private static let patience = TimeAmount.seconds(5)

  /// Around an address of IPv6.
  private static let brackets = CharacterSet(charactersIn: "[]")

  /// - Returns: `tlsExpired` if a certificate of the chain is out of its time by this machine's clock, which is the one
  ///   that refused it, else `tlsUntrusted`.
  static func cause(at url: String) async -> UpstreamFailure.Cause {
    let now = Int(Date().timeIntervalSince1970)
    guard let parts = URLComponents(string: url), let host = parts.host?.trimmingCharacters(in: brackets),
      let chain = try? await chain(of: host, port: parts.port ?? 443)
    else { return .tlsUntrusted }
    return chain.contains { now < $0.from || now > $0.through } ? .tlsExpired : .tlsUntrusted
  }

  private static func chain(of host: String, port: Int) async throws -> [Validity] {
    let seen = Mutex<[Validity]>([])
    let context = try NIOSSLContext(configuration: .clientDefault)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(patience)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: isName(host) ? host : nil,
            customVerificationCallback: { certificates, verdict in
              seen.withLock {
                $0 = certificates.map { Validity(from: Int($0.notValidBefore), through: Int($0.notValidAfter)) }
              }
              verdict.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandler(handler)
          try channel.pipeline.syncOperations.addHandler(Closer())
        }
      }
      .connect(host: host, port: port).get()
    let limit = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    try? await channel.closeFuture.get()
    limit.cancel()
    return seen.withLock { $0 }
  }

  /// TLS names a server only by a name.
  private static func isName(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) == nil
  }

  /// Ends the connection at the first error, which the refusal is.
  private final class Closer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
