import NIOPosix
import Simulator
import Synchronization
import Testing
import Upstream

/// Answers so long that they are taken in beside the loop that reads them.
@Suite struct LongAnswerTests {
  /// 6 to 7 MiB of which no two parts are the same.
  private static let text = (0..<900_000).map { String($0) }.joined(separator: ",")
  private static var size: Int { text.utf8.count }

  /// What has come on a thread of an event loop, and elsewhere, in bytes.
  private struct Threads: BodySink {
    var loop = 0
    var elsewhere = 0

    mutating func receive(_ chunk: Span<UInt8>) {
      if MultiThreadedEventLoopGroup.currentEventLoop != nil { loop += chunk.count } else { elsewhere += chunk.count }
    }
    mutating func finish() -> Threads { self }
  }

  /// Does something once, at a byte of the body.
  private struct Tripwire: BodySink {
    let place: Int
    let action: @Sendable () throws(UpstreamFailure) -> Void
    var received = 0

    mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure) {
      let before = received
      received += chunk.count
      if before < place, received >= place { try action() }
    }
    mutating func finish() -> Int { received }
  }

  private func withLongAnswer(
    _ fault: Fault? = nil, _ body: @Sendable (HTTPTransport, WireRequest) async throws -> Void
  ) async throws {
    try await withDesk { desk in
      for fault in [.status(200, body: Self.text), fault].compactMap(\.self) {
        desk.simulator.faults.inject(fault, at: .agentPhone)
      }
      try await body(desk.transport, WireRequest(.get, desk.simulator.agentPhoneURL + "/v1/usage"))
    }
  }

  @Test func everyByteComesInItsPlace() async throws {
    try await withLongAnswer { transport, request in
      let (_, bytes) = try await transport.send(request, limit: Self.size) { _ in WholeBody() }
      #expect(bytes == Array(Self.text.utf8))
    }
  }

  @Test func theLoopHasOnlyTheBeginning() async throws {
    try await withLongAnswer { transport, request in
      let (_, threads) = try await transport.send(request, limit: Self.size) { _ in Threads() }
      #expect(threads.loop + threads.elsewhere == Self.size)
      #expect((1 << 20..<2 << 20).contains(threads.loop), "\(threads.loop)")
    }
  }

  @Test func theLimitIsExact() async throws {
    try await withLongAnswer { transport, request in
      await #expect {
        _ = try await transport.send(request, limit: Self.size - 1) { _ in Threads() }
      } throws: {
        ($0 as? UpstreamFailure)?.reason == .tooLarge
      }
    }
  }

  /// Wherever the sink gives up, its failure is the one that is told, and the next answer is whole.
  @Test(arguments: [1, 1 << 20, 3 << 20, size]) func theSinkMayRefuse(_ place: Int) async throws {
    let refusal = UpstreamFailure(.decode, "enough")
    try await withLongAnswer { transport, request in
      await #expect(throws: refusal) {
        _ = try await transport.send(request, limit: Self.size) { _ in
          Tripwire(place: place) { () throws(UpstreamFailure) in throw refusal }
        }
      }
      let (_, bytes) = try await transport.send(request, limit: Self.size) { _ in WholeBody() }
      #expect(bytes.count == Self.size)
    }
  }

  /// A stop never makes a short answer of a long one.
  @Test(arguments: [1, 1 << 20, 3 << 20, size]) func aStopLeavesNoPart(_ place: Int) async throws {
    try await withLongAnswer { transport, request in
      let sending = Mutex<Task<Int, any Error>?>(nil)
      let (known, isKnown) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        for await _ in known {}
        return try await transport.send(request, limit: Self.size) { _ in
          Tripwire(place: place) { sending.withLock { $0?.cancel() } }
        }.1
      }
      sending.withLock { $0 = task }
      isKnown.finish()
      await #expect(throws: UpstreamFailure.self) { try await task.value }
    }
  }

  @Test(arguments: [0.1, 0.5, 0.99]) func aBrokenConnectionIsOfTheNetwork(_ share: Double) async throws {
    try await withLongAnswer(.connectionCut(keeping: share)) { transport, request in
      await #expect {
        _ = try await transport.send(request, limit: Self.size) { _ in Threads() }
      } throws: {
        ($0 as? UpstreamFailure)?.reason == .network
      }
    }
  }

  @Test func compressedItIsTheSame() async throws {
    try await withLongAnswer(.gzip) { transport, request in
      let (_, bytes) = try await transport.send(request, limit: Self.size) { _ in WholeBody() }
      #expect(bytes == Array(Self.text.utf8))
    }
  }
}
