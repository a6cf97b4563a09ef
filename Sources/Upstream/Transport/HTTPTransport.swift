import AsyncHTTPClient
import EventLoops
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Usage

/// Real HTTP, by async-http-client. One instance serves all workspaces that share proxy and trust.
package struct HTTPTransport: Transport {
  private let client: HTTPClient
  /// Of the loop that has all the client's connections.
  private let executor: EventLoopExecutor
  private let timeout: Duration
  private let isProxied: Bool

  /// How long things may take.
  package struct Timeouts: Sendable {
    package var connect: Duration = .seconds(10)
    /// From the first byte out to the last byte in.
    package var overall: Duration = .seconds(120)

    package init() {}
  }

  /// - Parameters:
  ///   - authorities: a PEM file with certificates to trust besides the system's.
  ///   - proxy: an HTTP proxy.
  ///   - verifiesServer: false only to see whether this machine's own exporter lives, with nothing secret in the request.
  package init(
    timeouts: Timeouts = .init(), authorities: String? = nil, proxy: ProxyAddress? = nil, verifiesServer: Bool = true
  ) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(
        connect: TimeAmount(timeouts.connect), read: TimeAmount(timeouts.overall)),
      // The limit on the expanded body is ours, chunk by chunk; a body is never held expanded.
      decompression: .enabled(limit: .none))
    if let authorities {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.additionalTrustRoots = [.file(authorities)]
      configuration.tlsConfiguration = tls
    }
    if !verifiesServer {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.certificateVerification = .none
      configuration.tlsConfiguration = tls
    }
    if let proxy {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.credential.map { .basic(username: $0.user, password: $0.password.reveal()) })
    }
    configuration.httpVersion = .automatic
    // A refused connection or a failed handshake is an answer; when to ask again is for the schedule to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    // How much is under way at once is for the gates of the workspaces to say. A request that had to wait for another
    // workspace's to end would spend its time, and pass for one that the provider did not answer.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
    // Exports come in fewer, larger chunks than with the usual 64 KiB; small answers cost no more than before.
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.setOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 16384, maximum: 256 << 10))
    }
    executor = EventLoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
    client = HTTPClient(eventLoopGroup: executor.loop, configuration: configuration)
    timeout = timeouts.overall
    isProxied = proxy != nil
  }

  /// Closes the connections. Requests under way fail.
  package func shutdown() async {
    try? await client.shutdown()
  }

  package func send<Sink: BodySink>(
    _ request: WireRequest, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink
  ) async throws(UpstreamFailure) -> (WireHead, Sink.Product) {
    let (client, executor, timeout) = (client, executor, timeout)
    do {
      // What is made of all chunks may take longer, and is not made on the loop that read them.
      let (head, intake) = try await withTaskExecutorPreference(executor) {
        try await withTimeout(timeout, on: executor.loop) {
          let response = try await client.execute(HTTPClientRequest(request), timeout: TimeAmount(timeout))
          let head = WireHead(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) })
          return (head, try await BodyIntake.fill(sink(head), with: response.body, limit: limit))
        }
      }
      return (head, try await intake.finish())
    } catch {
      let failure = Self.failure(of: error, isProxied: isProxied)
      // A proxy passes a handshake on only to where it is told, so its tunnel would have to be built for the second look.
      guard failure.cause == .tlsUntrusted, !isProxied else { throw failure }
      throw .noAnswer(await CertificateInspection.cause(at: request.url))
    }
  }
}

extension HTTPClientRequest {
  fileprivate init(_ request: WireRequest) {
    self.init(url: request.url)
    method = HTTPMethod(rawValue: request.method.rawValue)
    for (name, value) in request.headers { headers.add(name: name, value: value) }
    if !request.body.isEmpty { body = .bytes(request.body) }
  }
}
