import Foundation
import Providers
import Simulator
import Testing
import Upstream
import Usage

/// What Langdock is asked, and the answers to it that are not what was asked for.
@Suite struct LangdockWireTests {
  private static let agents = Probe.named("langdock/agents")

  private func bodies(_ desk: Desk) -> [String] { desk.simulator.log.requests(to: .langdock).map(\.body) }

  private static func body(_ first: String, _ last: String, _ zone: String) -> String {
    #"{"from":{"date":"\#(first)T00:00:00.000Z","timezone":"\#(zone)"},"#
      + #""to":{"date":"\#(last)T23:59:59.999Z","timezone":"\#(zone)"}}"#
  }

  /// "agents: per day; plus one per active-user window": spans that are equal are asked for once.
  @Test func oneRequestForEachSpan() async throws {
    try await withDesk { desk in
      let demand = try desk.demand(days: 2, periods: [.day, .previousDay, .week, .month, .year], users: [1, 7, 30])
      let outcome = try await desk.collect(Self.agents, demand)
      #expect(outcome.failure == nil)
      let spans = [
        ("2026-11-19", "2026-11-19"), ("2026-11-18", "2026-11-18"), ("2026-11-16", "2026-11-19"),
        ("2026-11-01", "2026-11-19"), ("2026-01-01", "2026-11-19"), ("2026-11-13", "2026-11-19"),
        ("2026-10-21", "2026-11-19"),
      ]
      #expect(bodies(desk) == spans.map { Self.body($0, $1, "UTC") })
    }
  }

  @Test(arguments: Probe.langdock) func theCallAndTheDownload(_ probe: Probe) async throws {
    try await withDesk { desk in
      _ = try await desk.collect(probe)
      let log = desk.simulator.log
      #expect(log.requests(to: .langdock).map(\.path) == [probe.path])
      #expect(log.requests(to: .langdock).allSatisfy { $0.method == "POST" && $0.hadAuthorization })
      #expect(log.requests(to: .langdockStorage).map(\.method) == ["GET"])
      #expect(log.leakedCredentials.isEmpty)
      #expect(log.requests.allSatisfy { $0.acceptEncoding == "gzip" })
      #expect(desk.ends.all.map(\.endpoint) == [String(probe.path.dropLast(4)), "download"])
    }
  }

  /// A dedicated deployment's interface lies below a path; the simulator refuses what carries an `Origin`.
  @Test func aDedicatedDeployment() async throws {
    try await withDesk { desk in
      let outcome = try await desk.collect(Self.agents, from: desk.client(.langdock, path: "/api/public"))
      #expect(outcome.reading.amounts(.messages) == Self.agents.counts)
    }
  }

  @Test(arguments: ["sk-ld-without-scope", "sk-ld-MARKER"]) func aBadKey(_ key: String) async throws {
    try await withDesk { desk in
      let failure = try #require(try await desk.collect(Self.agents, from: desk.client(.langdock, key: key)).failure)
      #expect(failure.reason == .auth)
      #expect(failure.status == (key == "sk-ld-MARKER" ? 401 : 403))
      #expect(!failure.description.contains(key))
    }
  }

  /// What was read before a failure stays read: each answer is delivered at once.
  @Test func answersBeforeAFailureAreDelivered() async throws {
    try await withDesk { desk in
      let collector = try #require(ProviderRegistry.adapter(for: .langdock)).collectors(.init())[0]
      var delivered = 0
      await #expect(throws: DaysUnread.self) {
        try await collector.collect(desk.demand(days: 3), from: desk.source(.langdock)) { _ in
          delivered += 1
          if delivered == 2 { desk.simulator.faults.inject(.status(500), at: .langdock) }
        }
      }
      #expect(delivered == 2)
    }
  }

  // MARK: Envelopes

  private static func envelope(
    records: String = "2", from: String? = "2026-11-19T00:00:00.000Z", url: String? = "http://127.0.0.1:1/f"
  ) -> String {
    let range = from.map { #","dateRange":{"from":"\#($0)","to":"x"}"# } ?? ""
    let download = url.map { #","downloadUrl":"\#($0)""# } ?? ""
    return #"{"success":true,"data":{"recordCount":\#(records)\#(download)\#(range)}}"#
  }

  /// An envelope that says there is nothing is not followed to its file.
  @Test(arguments: ["0", "\"0\"", "0.0"]) func noRecords(_ records: String) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: Self.envelope(records: records, url: nil)), at: .langdock)
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure == nil)
      #expect(outcome.answers.count == 1 && outcome.reading.rows == 0)
    }
  }

  @Test(arguments: [
    envelope(url: nil), envelope(records: "-1"), envelope(records: "null"), envelope(records: "\"many\""),
    envelope(records: "[2]"), envelope(from: "yesterday"), #"{"success":false,"data":{"recordCount":0}}"#,
    #"{"success":true}"#, #"{"success":true,"data":[]}"#,
    // Another span than the one asked for.
    envelope(from: "2026-11-18T00:00:00.000Z"), envelope(from: "2027-11-19T00:00:00.000Z"),
  ])
  func anEnvelopeThatIsNotOne(_ body: String) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: body), at: .langdock)
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == .schema)
      #expect(outcome.answers.isEmpty)
      #expect(desk.simulator.log.count(.langdockStorage) == 0)
    }
  }

  /// A link that has run out when it is followed is a failure of this collection only; the next asks for a new one.
  @Test func anExpiredLink() async throws {
    try await withDesk {
      $0.langdock.downloadLifetime = 0
    } _: { desk in
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == .server)
      #expect(outcome.failure?.status == 403)
      #expect(outcome.answers.isEmpty)
    }
  }

  /// Links that are good for one download are followed once.
  @Test func aLinkForOneDownload() async throws {
    try await withDesk {
      $0.langdock.downloadsOnce = true
    } _: { desk in
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.reading.amounts(.messages) == Self.agents.counts)
    }
  }
}
