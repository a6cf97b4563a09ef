import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The seeded Tess agents, and the large company that tests of size use.
struct TessCompanyTests {
  private func executions(_ company: Company, _ day: Day) -> [Execution] {
    company.directory.streams(of: .tess).flatMap { company.executions.events(of: $0.id, on: day) }
  }

  /// Adds up what must not differ from machine to machine.
  private func fingerprint(_ company: Company, _ day: Day) -> Int64 {
    executions(company, day).reduce(17) { sum, execution in
      let fields = [
        execution.id, execution.times.occurred, execution.times.visible, execution.credits, execution.archivedAt,
        execution.editedAt, execution.settledAt, execution.root ?? 0, Int64(execution.user), Int64(execution.model),
        Int64(execution.origin), Int64(execution.tokens?.input ?? 0), execution.failed ? 1 : 0,
      ]
      return fields.reduce(sum) { $0 &* 131 &+ $1 }
    }
  }

  @Test func theSameSeedGivesTheSameExecutions() {
    let again = Company(Company.Configuration(today: today))
    let other = Company(Company.Configuration(seed: 2, today: today))
    #expect(fingerprint(sharedCompany, day("2026-11-18")) == fingerprint(again, day("2026-11-18")))
    #expect(fingerprint(sharedCompany, day("2026-11-18")) != fingerprint(other, day("2026-11-18")))
    // Written down once: another number means that histories differ between machines or versions.
    #expect(fingerprint(sharedCompany, day("2026-11-18")) == -8_006_699_204_528_721_378)
  }

  @Test func hasTheDeclaredAgents() {
    let directory = sharedCompany.directory
    let agents = directory.agents.indices.filter { directory.agents[$0].provider == .tess }
    #expect(agents.count == 16)
    #expect(Set(agents.map { directory.tess.type(of: $0) }) == Set(TessAgentType.allCases))
    #expect(Set(agents.map { directory.agents[$0].name }).count == 15)
    #expect(Set(agents.map { directory.agents[$0].id }).count == 16)
  }

  @Test func whatHappensToExecutions() {
    let all = (3..<13).flatMap { executions(sharedCompany, today.advanced(by: -$0)) }
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(all.allSatisfy { $0.id > 0 && $0.id < 1 << 53 && $0.times.retracted == .max })
    let failed = all.count { $0.failed }
    #expect((all.count / 67...all.count / 40).contains(failed))
    // Heartbeats meet no such fate.
    let others = all.filter { $0.times.visible - $0.times.occurred >= 200 }
    #expect((others.count / 100...others.count / 50).contains(others.count { $0.archivedAt < .max }))
    #expect((others.count / 400...others.count / 130).contains(others.count { $0.editedAt < .max }))
    #expect(others.contains { $0.settledAt > $0.times.visible })
    let late = others.count { $0.times.visible - $0.times.occurred > 60_000 }
    #expect((others.count / 100...others.count / 33).contains(late))
    for execution in all {
      for change in [execution.archivedAt, execution.editedAt] where change < .max {
        #expect(change > execution.times.visible + 3_599_999 && change < execution.times.visible + 259_200_001)
      }
    }
  }

  @Test func idsGrowAsExecutionsBecomeVisible() {
    let all = executions(sharedCompany, day("2026-11-17")).sorted { $0.id < $1.id }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.times.visible <= $1.times.visible })
  }

  @Test func somethingBecomesVisibleEveryTenSeconds() {
    let visible = executions(sharedCompany, today).map(\.times.visible).sorted()
    let gaps = zip(visible, visible.dropFirst()).map { $1 - $0 }
    #expect(gaps.count > 8000 && (gaps.prefix(8600).max() ?? .max) <= 10_600)
    // Before yesterday there are no heartbeats.
    #expect(executions(sharedCompany, today.advanced(by: -2)).count < 4000)
  }

  @Test func theIncidentIsInTheData() throws {
    let incident = try #require(sharedCompany.incidents.first { $0.provider == .tess })
    #expect(sharedCompany.incidents.count { $0.provider == .tess } == 1 && incident.kind == .spike)
    let agent = try #require(sharedCompany.directory.agent(incident.agentID, of: .tess))
    let stream = try #require(sharedCompany.directory.streams.first { $0.producer == .agent(agent) })
    func volume(_ day: Day) -> Int { sharedCompany.executions.events(of: stream.id, on: day).count }
    let before = volume(incident.days.first.advanced(by: -7))
    #expect(before > 20 && volume(incident.days.first) > before * 3 && incident.days.count == 1)
  }

  /// What the demo needs.
  @Test(arguments: ["2026-11-19T03:17:00", "2026-11-22T23:59:50"])
  func theListGrowsWithinSeconds(_ time: String) async throws {
    let fresh: (inout Simulator.Configuration) -> Void = { $0.tess.pageCache = nil }
    try await simulating(sharedCompany, at: moment(time), fresh) { simulator, clock async throws in
      var last: Int64 = 0
      for _ in 0..<6 {
        let next = try #require(tessIDs(try await simulator.tessItems("per_page=1")).first)
        #expect(next > last)
        last = next
        clock.advance(by: 11)
      }
    }
  }

  @Test func aLargeCompany() async throws {
    let company = Company.empty(today: today)
    company.addBulkExecutions(days: DaySpan("2026-10-20", "2026-11-18"), total: 200_000, agents: 40, users: 90, seed: 5)
    let configure: (inout Simulator.Configuration) -> Void = { $0.tess.paginationMembers = true }
    try await simulating(company, configure) { simulator, _ async throws in
      var last = ("9999", Int64.max)
      let days = dates(DaySpan("2026-10-20", "2026-11-18"))
      for page in [1, 2, 400, 401, 1000, 1999, 2000] {
        let answer = try await simulator.tess("\(days)&page=\(page)&per_page=100")
        #expect(answer.json["has_more"] as? Bool == (page < 2000))
        let rows = answer.json["items"] as? [[String: Any]] ?? []
        #expect(rows.count == 100)
        for row in rows {
          let next = (row["created_at"] as? String ?? "", tessID(row).number)
          #expect(next < last)
          last = next
        }
      }
    }
  }
}
