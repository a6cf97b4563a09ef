import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOPosix
import Synchronization
import Testing
import Web

@Suite("An answer that is ready")
struct ReadyAnswerTests {
  private final class Desk: Sendable {
    private let asked = Mutex<[String?]>([])

    var paths: [String?] { asked.withLock { $0 } }

    func answer(_ request: HTTPRequest, largest: Int) -> ReadyAnswer? {
      asked.withLock { $0.append(request.path) }
      // More than this may be under way when the exporter stops.
      guard request.path == "/metrics", (1..<4 << 20).contains(largest) else { return nil }
      return ReadyAnswer(
        headers: [.contentType: "text/plain"], body: [ByteBuffer(string: "one "), ByteBuffer(string: "two")])
    }
  }

  private let desk = Desk()

  private func run(_ body: (EmbeddedChannel) throws -> Void) throws {
    let channel = EmbeddedChannel()
    // Without an address it is not active, and what is not active is not writable.
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try channel.pipeline.syncOperations.addHandler(ReadyAnswerHandler(date: HTTPDate(), answer: desk.answer))
    try body(channel)
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  private func ask(
    _ channel: EmbeddedChannel, _ path: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
  ) throws {
    let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path, headerFields: headers)
    try channel.writeInbound(HTTPRequestPart.head(head))
    try channel.writeInbound(HTTPRequestPart.end(nil))
  }

  /// What went to the client, as words.
  private func sent(_ channel: EmbeddedChannel) throws -> [String] {
    var words: [String] = []
    while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
      switch part {
      case .head(let head):
        #expect(head.headerFields[.date] != nil)
        words.append("\(head.status.code) \(head.headerFields[.contentLength] ?? "-")")
      case .body(let body): words.append(String(buffer: body))
      case .end: words.append("end")
      }
    }
    return words
  }

  /// How many parts of requests were passed on.
  private func passed(_ channel: EmbeddedChannel) throws -> Int {
    var count = 0
    while try channel.readInbound(as: HTTPRequestPart.self) != nil { count += 1 }
    return count
  }

  @Test("is given at once, whole, and nobody else hears of the request")
  func ready() throws {
    try run { channel in
      for _ in 0..<2 {
        try ask(channel, "/metrics")
        #expect(try sent(channel) == ["200 7", "one ", "two", "end"])
        #expect(try passed(channel) == 0)
      }
    }
  }

  @Test("waits for the answers before it")
  func order() throws {
    try run { channel in
      try ask(channel, "/")
      try ask(channel, "/metrics")
      #expect(try sent(channel).isEmpty)
      #expect(try passed(channel) == 4)
      for _ in 0..<2 {
        channel.write(HTTPResponsePart.head(HTTPResponse(status: .notFound)), promise: nil)
        channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
        while try channel.readOutbound(as: HTTPResponsePart.self) != nil {}
      }
      try ask(channel, "/metrics")
      #expect(try sent(channel).count == 4)
      #expect(desk.paths == ["/", "/metrics"])
    }
  }

  private static let others: [(HTTPRequest.Method, HTTPFields)] = [
    (.get, [.connection: "close"]), (.get, [.contentLength: "3"]), (.get, [.transferEncoding: "chunked"]),
    (.get, [.expect: "100-continue"]), (.head, [:]), (.post, [:]),
  ]

  @Test("is not looked for where the connection ends after it, or more than a head was sent", arguments: others)
  func onlyPlain(method: HTTPRequest.Method, headers: HTTPFields) throws {
    try run { channel in
      try ask(channel, "/metrics", method, headers)
      #expect(try passed(channel) == 2)
      #expect(desk.paths.isEmpty)
    }
  }

  @Test("is not given to a client that does not take the one before")
  func writability() throws {
    try run { channel in
      channel.isWritable = false
      try ask(channel, "/metrics")
      #expect(try passed(channel) == 2)
    }
  }

  @Test("differs in nothing from one that had to be waited for, and keeps its place among others")
  func wire() async throws {
    let answers = try await Self.exchange([
      "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", "GET /config HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "GET /-/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ])
    let names = answers.map { answer in
      answer.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != ":" }.lowercased() }
    }
    #expect(answers.count == 6 && answers.allSatisfy { $0.hasPrefix("200 OK") })
    let kinds = answers.map { $0.contains("version=0.0.4") ? "metrics" : $0.contains("Cache-Control") ? "config" : "-" }
    #expect(kinds == ["metrics", "metrics", "metrics", "config", "metrics", "-"])
    #expect(Set([names[0], names[1], names[2], names[4]]).count == 1, "\(names)")
    #expect(names[0].sorted() == ["cache-control", "content-length", "content-type", "date", "vary"])
  }

  /// Sends requests to a real server, after one that lets it make its bodies.
  ///
  /// - Returns: the head of each answer, without `HTTP/1.1 `.
  private static func exchange(_ requests: [String]) async throws -> [String] {
    let front = try await Front()
    let (ports, port) = AsyncStream<Int>.makeStream()
    let responder = GuardedResponder(
      front.responder, security: nil, standing: front.standing, telemetryPath: "/metrics")
    let server = ExporterServer.make(
      responder, on: .address(ListenAddress(host: "127.0.0.1", port: 0)),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { address in
      port.yield(address.port)
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      var text = ""
      for await port in ports {
        _ = try await send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", to: port)
        text = try await send(requests.joined(), to: port)
        break
      }
      return text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { answer in
        answer.components(separatedBy: "\r\n\r\n")[0]
      }
    }
  }

  /// - Returns: what is answered until the server closes the connection.
  private static func send(_ text: String, to port: Int) async throws -> String {
    let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await connection.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var answer = ByteBuffer()
      for try await var part in inbound { answer.writeBuffer(&part) }
      return String(buffer: answer)
    }
  }
}
