import Foundation
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The HTTP server, with the limits that keep a slow, silent or greedy client from another one's scrape.
package enum ExporterServer {
  /// Connections beyond this wait in the kernel's queue.
  static let maxConnections = 512
  /// A client that sends or takes nothing for so long is cut off.
  static let idleTimeout = TimeAmount.seconds(60)
  static let maxHeaderBytes = 32 * 1024

  /// One server for each address.
  ///
  /// - Parameter listening: told the port once connections are accepted.
  package static func make(
    _ responder: ExporterResponder, on address: ListenAddress, logger: Logger,
    listening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> Application<ExporterResponder> {
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: maxHeaderBytes, maxHeaderListSize: maxHeaderBytes, maxHeaderFieldCount: 100)
    return Application(
      responder: responder,
      server: .http1(configuration: .init(idleTimeout: idleTimeout, httpDecoderConfiguration: decoder)),
      configuration: ApplicationConfiguration(
        address: .hostname(address.bindHost, port: address.port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(maxConnections)),
      onServerRunning: { channel in await listening(channel.localAddress?.port ?? address.port) },
      logger: logger)
  }
}
