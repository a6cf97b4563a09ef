import Simulator
import Testing
import Usage

/// What a demo over a past asks of the seeded company.
@Suite("A company that is looked at over a past")
struct CompanyPaceTests {
  private static func count(_ company: Company, _ agent: Directory.Agent, _ day: Day) -> Int {
    guard let index = company.directory.agent(agent.id, of: agent.provider) else { return -1 }
    func isItsOwn(_ stream: Directory.Stream) -> Bool {
      stream.provider == agent.provider && stream.producer == .agent(index)
    }
    switch agent.provider {
    case .langdock:
      return company.agentTruth(DaySpan(day), at: end).quantities[messages(agent)].map(Int.init) ?? 0
    case .agentphone:
      return company.directory.streams.filter(isItsOwn).reduce(0) {
        $0 + company.phoneEvents.events(of: $1.id, on: day).count
      }
    case .dust: return company.dustAgentTruth(DaySpan(day), at: end).quantities[messages(agent)].map(Int.init) ?? 0
    case .tess:
      return company.directory.streams.filter(isItsOwn).reduce(0) {
        $0 + company.executions.events(of: $1.id, on: day).count
      }
    }
  }

  private static func messages(_ agent: Directory.Agent) -> SeriesKey {
    SeriesKey(Entity(.agent, upstream: agent.id), .messages)
  }

  private static let end = LocalCalendar.utc.start(of: today.advanced(by: 9))
  private static let steady: Company = {
    var configuration = Company.Configuration(today: today)
    configuration.steadyHeartbeat = 600
    return Company(configuration)
  }()

  @Test(
    "has no day that stands out because agents that never rest begin on it",
    arguments: [
      "ag_shopberater", "agent_service", "aKundenh01", "docs-helper-pB9ujA",
    ])
  func heartbeats(id: String) throws {
    let agent = try #require(Self.steady.directory.agents.first { $0.id == id })
    // A week apart, so that both are the same day of the week.
    let early = Self.count(Self.steady, agent, today.advanced(by: -8))
    let late = Self.count(Self.steady, agent, today.advanced(by: -1))
    #expect(early >= 140)
    #expect(late < 2 * early && early < 2 * late, "\(early) \(late)")
  }

  @Test(
    "has an incident that is asked for, on its day and on no other, in the past or not",
    arguments: [
      ("ag_code", -3), ("agent_terminbot", 1), ("aVertrag01", 1), ("sql-helfer-B6xNq0", 0),
    ])
  func incidents(id: String, offset: Int) throws {
    var configuration = Company.Configuration(today: today)
    configuration.steadyHeartbeat = 600
    let agent = try #require(Company.agents(of: configuration).first { $0.id == id })
    let day = today.advanced(by: offset)
    configuration.incidents = [
      Incident(kind: .spike, provider: agent.provider, agentID: id, days: DaySpan(day), note: "")
    ]
    let company = Company(configuration)
    #expect(company.incidents.count == Self.steady.incidents.count + 1)
    let usual = Self.count(Self.steady, agent, day)
    let spiked = Self.count(company, agent, day)
    #expect(usual > 0 && Double(spiked) > 5 * Double(usual) && spiked < 7 * usual, "\(usual) \(spiked)")
    let next = day.advanced(by: 1)
    #expect(Self.count(company, agent, next) == Self.count(Self.steady, agent, next))
  }
}
