import EventLoops
import Foundation
import HTTPTypes
package import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// One listening socket and its connections, until the exporter stops.
///
/// Hummingbird's own server binds by address only and sets TLS up once; this one also takes over a socket, and its
/// connections are set up by what the configuration says when they are opened.
package struct HTTPService<Responder: ReadyResponder>: Service where Responder.Context == BasicRequestContext {
  let responder: Responder
  let endpoint: ListenEndpoint
  let security: WebSecurity?
  let logger: Logger
  /// Told the address once connections are accepted.
  let listening: @Sendable (ListenAddress) async -> Void

  /// - Throws: what the system says of an address that cannot be bound.
  package func run() async throws {
    let date = HTTPDate()
    let connections = SecureChannel(
      responder: { request, writer, channel in
        try await answer(request, writer, channel, date)
      }, security: security, date: date, ready: { responder.readyAnswer(to: $0, largest: $1) })
    let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
    let setups = ConnectionSetups()
    let server = try await bind(connections, setups, quiescing)
    await withGracefulShutdownHandler {
      await listening(Self.address(of: server.channel, endpoint))
      await serve(server, connections)
    } onGracefulShutdown: {
      Self.stopAccepting(server.channel, setups).whenComplete { _ in quiescing.initiateShutdown(promise: nil) }
    }
  }

  /// A connection that is accepted while the socket closes reaches nobody, and NIO ends the process when an asynchronous
  /// channel is dropped. So first no more are accepted, and those being set up, for which files may be read, are let through.
  private static func stopAccepting(_ listener: any Channel, _ setups: ConnectionSetups) -> EventLoopFuture<Void> {
    passed(listener.setOption(.autoRead, value: false))
      .flatMap { passed(setups.idle(on: listener.eventLoop)) }
  }

  /// Passes through every event loop twice: what one has handed to another by then has arrived.
  private static func passed(_ start: EventLoopFuture<Void>) -> EventLoopFuture<Void> {
    let loops = (0..<2).flatMap { _ in MultiThreadedEventLoopGroup.singleton.makeIterator().map { $0 } }
    return loops.reduce(start) { before, loop in before.flatMap { loop.submit {} } }
  }

  private typealias Server = NIOAsyncChannel<SecureChannel.Value, Never>

  private func serve(_ server: Server, _ connections: SecureChannel) async {
    let logger = logger
    let executors = EventLoopExecutors(MultiThreadedEventLoopGroup.singleton)
    await withDiscardingTaskGroup { group in
      do {
        try await server.executeThenClose { inbound in
          for try await connection in inbound {
            group.addTask(executorPreference: executors[connection.channel.eventLoop]) {
              await connections.handle(value: connection, logger: logger)
            }
          }
        }
      } catch {
        logger.error("no more connections are accepted", metadata: ["error": "\(error)"])
      }
    }
  }

  private func bind(
    _ connections: SecureChannel, _ setups: ConnectionSetups, _ quiescing: ServerQuiescingHelper
  ) async throws -> Server {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: ConnectionLimits.backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(AvailableConnectionsChannelHandler(maxConnections: ConnectionLimits.connections))
          try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
    let logger = logger
    @Sendable func setup(_ channel: any Channel) -> EventLoopFuture<SecureChannel.Value> {
      setups.during { connections.setup(channel: channel, logger: logger) }
    }
    switch endpoint {
    case .address(let address):
      return try await bootstrap.bind(host: address.bindHost, port: address.port, childChannelInitializer: setup)
    case .inherited(let descriptor): return try await bootstrap.bind(descriptor, childChannelInitializer: setup)
    }
  }

  /// What was asked for, with the port that the system chose; of an inherited socket what it says itself.
  private static func address(of channel: any Channel, _ endpoint: ListenEndpoint) -> ListenAddress {
    let local = channel.localAddress
    if case .address(let address) = endpoint {
      return ListenAddress(host: address.host, port: local?.port ?? address.port)
    }
    return ListenAddress(host: local?.ipAddress ?? local?.pathname ?? "", port: local?.port ?? 0)
  }

  @concurrent private func answer(
    _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel, _ date: HTTPDate
  ) async throws {
    let context = BasicRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
    var response: Response
    do {
      response = try await responder.respond(to: request, context: context)
    } catch let error as HTTPParserError {
      throw error
    } catch {
      logger.debug("request failed", metadata: ["error": "\(error)"])
      response = Response(status: .internalServerError)
    }
    response.headers[.date] = date.text(at: Int(Date().timeIntervalSince1970))
    try await writer.write(response: response.head, body: response.body)
  }
}
