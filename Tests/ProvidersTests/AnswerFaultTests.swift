import Foundation
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// What the faults of whole answers get, for every collector: a reason, and nothing delivered.
@Suite struct AnswerFaultTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    let fault: Fault
    let reasons: Set<UpstreamFailure.Reason>
    var testDescription: String { String("\(fault)".prefix(40)) }

    init(_ fault: Fault, _ reasons: UpstreamFailure.Reason...) {
      self.fault = fault
      self.reasons = Set(reasons)
    }
  }

  static let apiFaults = [
    Entry(.unauthorized, .auth), Entry(.status(403), .auth), Entry(.rateLimited(.none), .rateLimited),
    Entry(.rateLimited(.seconds(17)), .rateLimited), Entry(.unavailable(.date(in: 90)), .server),
    Entry(.status(500, body: "boom"), .server), Entry(.status(404), .server), Entry(.status(400), .server),
    Entry(.status(204), .decode), Entry(.html(status: 200), .decode, .schema),
    Entry(.html(status: 502), .server), Entry(.garbage, .decode, .schema), Entry(.redirect(), .server),
    Entry(.redirectLoop, .server),
    Entry(.connectionCut(keeping: 0.5), .network, .decode), Entry(.bodyCut(keeping: 0.47), .decode),
    Entry(.bodyCut(keeping: 0), .decode), Entry(.status(200, body: "[]"), .schema, .decode),
    Entry(.status(200, body: "null"), .schema, .decode), Entry(.status(200, body: #"{"data":7}"#), .schema),
  ]

  @Test(arguments: Probe.all, apiFaults)
  func aFaultyAnswerIsRefusedWhole(_ probe: Probe, _ entry: Entry) async throws {
    // Of Dust's tables that is one without rows; and lines may be none.
    if probe.provider == .dust, entry.fault == .status(200, body: "[]") { return }
    if probe.collector == "consumption", entry.fault == .bodyCut(keeping: 0) { return }
    // Newer deployments do not have it any more, which is no fault.
    if probe.collector == "workspace_usage", entry.fault == .status(404) { return }
    try await withDesk { desk in
      desk.simulator.faults.inject(entry.fault, at: probe.service, path: probe.path, exactly: true)
      let outcome = try await desk.collect(probe)
      let failure = try #require(outcome.failure)
      #expect(entry.reasons.contains(failure.reason), "\(failure)")
      #expect(outcome.answers.isEmpty)
      #expect(desk.ends.all.map(\.failure) == [failure.reason])
      #expect(desk.simulator.log.leakedCredentials.isEmpty)
      #expect(!failure.description.contains(desk.simulator.langdockKey))
    }
  }

  static let storageFaults = [
    Entry(.status(403), .server), Entry(.unauthorized, .server), Entry(.unavailable(.seconds(9)), .server),
    Entry(.status(500), .server), Entry(.html(status: 200), .schema, .decode), Entry(.html(status: 502), .server),
    Entry(.status(200), .decode), Entry(.garbage, .schema, .decode), Entry(.redirect(), .server),
    Entry(.redirectLoop, .server), Entry(.connectionCut(keeping: 0.6), .network, .decode),
    Entry(.bodyCut(keeping: 0.6), .decode), Entry(.bodyCut(keeping: 0.9), .decode),
  ]

  @Test(arguments: Probe.langdock, storageFaults)
  func aFaultyDownloadIsRefusedWhole(_ probe: Probe, _ entry: Entry) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(entry.fault, at: .langdockStorage)
      let api = try desk.client(.langdock)
      let outcome = try await desk.collect(probe, from: api)
      let failure = try #require(outcome.failure)
      #expect(entry.reasons.contains(failure.reason), "\(failure)")
      #expect(outcome.answers.isEmpty)
      #expect(desk.simulator.log.leakedCredentials.isEmpty)
      #expect(!failure.description.contains("X-Amz"))
      // The storage's refusals are not the provider's: they forbid nothing.
      #expect(await api.gate.block == nil)
      desk.simulator.faults.clear()
      #expect(probe.counts(of: try await desk.collect(probe, from: api)) == probe.counts)
    }
  }

  @Test(arguments: Probe.all)
  func aProviderThatHangsIsATimeout(_ probe: Probe) async throws {
    try await withDesk(patience: .milliseconds(400)) { desk in
      desk.simulator.faults.inject(.hang, at: probe.service)
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure?.reason == .timeout)
      #expect(outcome.answers.isEmpty)
    }
  }

  /// "429 and 503 with Retry-After (seconds or HTTP date) are obeyed exactly"
  @Test(arguments: [
    (Fault.rateLimited(.seconds(17)), 17.0), (.rateLimited(.date(in: 90)), 90), (.unavailable(.seconds(5)), 5),
    (.unavailable(.date(in: 3600)), 3600), (.unauthorized, 900), (.status(403), 900),
    // Half of the ceiling of the first back-off.
    (.rateLimited(.none), 15),
  ])
  func aRefusalForbidsRequestsForSoLong(_ fault: Fault, _ seconds: TimeInterval) async throws {
    try await withDesk { desk in
      let probe = Probe.named("agentphone/daily")
      let api = try desk.client(.agentphone)
      desk.simulator.faults.inject(fault, at: .agentPhone, times: 1)
      _ = try await desk.collect(probe, from: api)
      desk.clock.advance(by: seconds - 1)
      let withheld = try await desk.collect(probe, from: api)
      #expect(withheld.failure?.wasWithheld == true)
      #expect(desk.simulator.log.requests.count == 1)
      desk.clock.advance(by: 1)
      #expect(try await desk.collect(probe, from: api).failure == nil)
      #expect(await api.gate.block == nil)
    }
  }

  /// A provider that cannot be reached at all.
  @Test func aRefusedConnectionIsOfTheNetwork() async throws {
    try await withDesk { desk in
      let closed = HTTPTransport()
      let api = APIClient(
        baseURL: "http://127.0.0.1:1", secret: try SecretBox { Secret("k") },
        gate: RequestGate(perMinute: 60, clock: desk.clock), clock: desk.clock, observer: desk.ends,
        transport: { _ in closed })
      let outcome = try await desk.collect(Probe.named("agentphone/account"), from: api)
      #expect(outcome.failure?.reason == .network)
      await closed.shutdown()
    }
  }
}
