import NIOCore
import NIOPosix

/// What tells a machine without a network from one that only cannot find a name.
package enum NetworkRoute {
  /// Addresses that belong to nobody (RFC 5737, RFC 3849).
  private static let outside = ["192.0.2.1", "2001:db8::1"]

  /// Whether a route leads out of this machine.
  ///
  /// Connecting a datagram socket looks into the routing table, and sends nothing.
  package static func leadsOut() async -> Bool {
    for address in outside {
      let bootstrap = DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      if let channel = try? await bootstrap.connect(host: address, port: 53).get() {
        try? await channel.close()
        return true
      }
    }
    return false
  }
}
