import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Starting, stopping and keeping a log.
struct SimulatorTests {
  @Test func listensOnPortsOfItsOwn() async throws {
    try await simulating { simulator, _ in
      let urls = SimulatedService.allCases.map { simulator.url(of: $0) }
      #expect(Set(urls).count == SimulatedService.allCases.count)
      #expect(urls.allSatisfy { $0.hasPrefix("http://127.0.0.1:") && !$0.hasSuffix(":0") })
      #expect(simulator.langdockURL == urls[0] && simulator.agentPhoneURL == urls[2])
    }
  }

  @Test func givenPortsAndOneThatIsTaken() async throws {
    try await simulating { first, _ in
      let port = try #require(Int(first.langdockURL.split(separator: ":").last ?? ""))
      await #expect(throws: (any Error).self) {
        try await simulating(.empty(today: today), { $0.ports = [.agentPhone: port] }) { _, _ in }
      }
    }
  }

  @Test func logsWhatItIsAsked() async throws {
    let company = Company.empty(today: today)
    company.addMessages(1, agent: "a", at: noon)
    try await simulating(company) { simulator, clock in
      _ = try await simulator.download("agents")
      clock.advance(by: 5)
      _ = try await simulator.phone("/v1/usage/daily?days=3", headers: ["User-Agent": "test/1"])
      let log = simulator.log
      #expect(log.requests.map(\.service) == [.langdock, .langdockStorage, .agentPhone])
      #expect(log.requests.map(\.hadAuthorization) == [true, false, true])
      #expect(log.requests.map(\.status) == [200, 200, 200])
      #expect(log.requests[0].body == simulator.exportBody(DaySpan(today)))
      #expect(log.requests[2].time == noon.addingTimeInterval(5))
      #expect((log.requests[2].path, log.requests[2].query) == ("/v1/usage/daily", "days=3"))
      #expect(log.requests[2].userAgent == "test/1")
      #expect(log.count(.langdock, path: "/export/agents") == 1)
      #expect(log.count(.langdock, path: "/export/models") == 0)
      #expect(log.highWater(.langdock) == 1)
      log.clear()
      #expect(log.requests.isEmpty && log.highWater(.langdock) == 0)
    }
  }

  @Test func editsShowAtOnce() async throws {
    let company = Company(Company.Configuration(today: today, historyDays: 3))
    try await simulating(company) { simulator, _ in
      let before = Truth.agents(try await simulator.rows("agents"))
      company.addMessages(500, agent: "ag_zeugnisse", at: noon)
      let taken = company.retract(200, agent: "ag_shopberater", provider: .langdock, on: today, at: noon)
      let after = Truth.agents(try await simulator.rows("agents"))
      func change(_ agent: String) -> Int64 {
        let key = SeriesKey(Entity(.agent, agent), .messages)
        return (after.quantities[key] ?? 0) - (before.quantities[key] ?? 0)
      }
      #expect(taken == 200)
      #expect((change("ag_zeugnisse"), change("ag_shopberater"), change("ag_wiki")) == (500, -200, 0))
      #expect(after == company.agentTruth(DaySpan(today), at: noon))
    }
  }

  /// What the demo needs: every few seconds something more on either side, at any hour.
  @Test(arguments: ["2026-11-19T03:17:00", "2026-11-19T12:00:00", "2026-11-22T23:59:50"])
  func countersGrowWithinSeconds(_ time: String) async throws {
    try await simulating(sharedCompany, at: moment(time)) { simulator, clock in
      func messages() async throws -> (langdock: Int64, phone: Int64) {
        let span = DaySpan(LocalCalendar.utc.day(at: moment(time)), through: day("2026-12-31"))
        func sum(_ truth: Truth) -> Int64 {
          truth.quantities.filter { $0.key.measure == .messages }.values.reduce(0, +)
        }
        return (
          sum(.agents(try await simulator.rows("agents", span))),
          sum(.phoneAgents(try await simulator.phoneRows("/v1/usage/by-agent?period=year")))
        )
      }
      var last = try await messages()
      for _ in 0..<5 {
        clock.advance(by: 4)
        let next = try await messages()
        #expect(next.langdock > last.langdock && next.phone > last.phone)
        last = next
      }
    }
  }
}
