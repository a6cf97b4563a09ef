import Foundation
import Simulator
import Testing
import Upstream

/// The real client against a real server: how long it waits and how much it takes.
@Suite struct HTTPTransportTests {
  /// Counts what it is given and keeps none of it.
  private struct Counter: BodySink {
    var bytes = 0

    mutating func receive(_ chunk: Span<UInt8>) { bytes += chunk.count }
    mutating func finish() -> Int { bytes }
  }

  private func send(_ desk: Desk, limit: Int = 1 << 20, to url: String? = nil) async -> Result<Int, UpstreamFailure> {
    let request = WireRequest(
      .get, url ?? desk.simulator.agentPhoneURL + "/v1/usage",
      headers: [("authorization", "Bearer " + desk.simulator.agentPhoneKey), ("accept-encoding", "gzip")])
    do throws(UpstreamFailure) {
      return .success(try await desk.transport.send(request, limit: limit) { _ in Counter() }.1)
    } catch {
      return .failure(error)
    }
  }

  private func reason(_ result: Result<Int, UpstreamFailure>) -> UpstreamFailure.Reason? {
    if case .failure(let failure) = result { failure.reason } else { nil }
  }

  /// "120 s overall timeout": it holds however the answer is late.
  @Test(arguments: [Fault.hang, .delay(60)]) func aSilentServerIsLeftInTime(_ fault: Fault) async throws {
    try await withDesk(patience: .milliseconds(500)) { desk in
      desk.simulator.faults.inject(fault, at: .agentPhone)
      let begin = ContinuousClock.now
      let result = await send(desk)
      let elapsed = begin.duration(to: .now)
      #expect(reason(result) == .timeout)
      #expect(elapsed >= .milliseconds(450) && elapsed < .seconds(10), "\(elapsed)")
    }
  }

  @Test func theLimitIsExact() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: String(repeating: "x", count: 5000)), at: .agentPhone)
      #expect(await send(desk, limit: 5000) == .success(5000))
      #expect(reason(await send(desk, limit: 4999)) == .tooLarge)
      #expect(await send(desk, limit: 5000) == .success(5000))
    }
  }

  /// The limit counts what comes out of the compression; what is beyond it is never held.
  @Test func aGzipBombIsStoppedWithoutMemory() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.gzipBomb(expandedBytes: 2 << 30), at: .agentPhone)
      #expect(reason(await send(desk, limit: 1 << 20)) == .tooLarge)
      let before = try Self.peakMemory()
      #expect(reason(await send(desk, limit: 64 << 20)) == .tooLarge)
      let grown = try Self.peakMemory() - before
      // Other tests run in this process meanwhile, so the margin is wide.
      #expect(grown < 1 << 30, "\(grown >> 20) MiB for a limit of 64")
    }
  }

  /// The most memory that this process ever had, in bytes.
  private static func peakMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(separator: " ").compactMap { Int($0) }.first) << 10
  }

  @Test func aConnectionThatIsCutIsOfTheNetwork() async throws {
    try await withDesk { desk in
      for share in [0, 0.5, 0.99] {
        desk.simulator.faults.inject(.connectionCut(keeping: share), at: .agentPhone, times: 1)
        #expect(reason(await send(desk)) == .network)
      }
      #expect(reason(await send(desk)) == nil)
    }
  }

  /// What claims to be gzip and is cut or is none.
  @Test func brokenCompressionIsAFailure() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.gzip, at: .agentPhone)
      desk.simulator.faults.inject(.bodyCut(keeping: 0.5), at: .agentPhone)
      let result = await send(desk)
      #expect([.network, .decode].contains(reason(result)))
    }
  }

  @Test(arguments: ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "http://no-such-host.invalid/", "nonsense", ""])
  func noConnectionIsOfTheNetwork(_ url: String) async throws {
    try await withDesk { desk in
      #expect(reason(await send(desk, to: url)) == .network)
    }
  }

  /// TLS with a server that speaks none: the connection is tried again for as long as there is time.
  @Test func plainTextOnASecureAddress() async throws {
    try await withDesk(patience: .seconds(1)) { desk in
      let url = desk.simulator.agentPhoneURL.replacingOccurrences(of: "http:", with: "https:")
      let result = await send(desk, to: url)
      #expect([.network, .timeout].contains(reason(result)))
    }
  }

  @Test func aCancelledRequestEnds() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.hang, at: .agentPhone)
      let task = Task { await send(desk) }
      while desk.simulator.faults.hanging == 0 { try await Task.sleep(for: .milliseconds(2)) }
      task.cancel()
      #expect(reason(await task.value) != nil)
    }
  }

  /// Workspaces that share a client do not wait for each other's connections: their gates say how much is under way.
  @Test(.timeLimit(.minutes(1))) func noRequestWaitsForAnothersConnection() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.hang, at: .agentPhone)
      let tasks = (0..<40).map { _ in Task { await send(desk) } }
      while desk.simulator.faults.hanging < tasks.count { try await Task.sleep(for: .milliseconds(2)) }
      for task in tasks { task.cancel() }
      for task in tasks {
        let result = await task.value
        #expect(reason(result) != nil)
      }
    }
  }

  /// A workspace with the same proxy and trust shares a client; another one does not.
  @Test func aPoolHasOneClientForEachProxyAndTrust() async throws {
    try await withDesk { desk in
      let pool = TransportPool(proxies: ProxyRules(environment: ["HTTP_PROXY": "127.0.0.1:1"]))
      let proxied = pool.transport(for: desk.simulator.agentPhoneURL, authorities: nil)
      let request = WireRequest(.get, desk.simulator.agentPhoneURL + "/v1/usage")
      // The proxy is asked, and it is not there.
      await #expect { _ = try await proxied.send(request, limit: 1000) { _ in Counter() } } throws: {
        ($0 as? UpstreamFailure)?.reason == .network
      }
      #expect(desk.simulator.log.requests.isEmpty)
      await pool.shutdown()
      let direct = TransportPool(
        proxies: ProxyRules(environment: ["HTTP_PROXY": "127.0.0.1:1", "NO_PROXY": "127.0.0.1"]))
      let transport = direct.transport(for: desk.simulator.agentPhoneURL, authorities: nil)
      let head = try await transport.send(request, limit: 1000) { _ in Counter() }.0
      #expect(head.status == 401)
      await direct.shutdown()
    }
  }
}
