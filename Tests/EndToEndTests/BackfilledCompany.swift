import Foundation
import Simulator
import TestSupport
import Usage

/// Fifty agents at three vendors, and half a year in which they were used.
struct BackfilledCompany: Sendable {
  static let zone = "Europe/Berlin"
  static let agents = 50

  let company: Company
  let calendar: LocalCalendar
  /// Whole local months, the last of them yesterday's, or the one before if that has only begun.
  let months: [DaySpan]
  let yesterday: Day

  /// - Returns: nil if the zone is not known here.
  init?(at now: Date, months count: Int = 6) {
    guard let calendar = LocalCalendar(zone: Self.zone) else { return nil }
    self.calendar = calendar
    yesterday = calendar.day(at: now).advanced(by: -1)
    var months: [DaySpan] = []
    var end = yesterday.advanced(by: 1).firstOfMonth
    for _ in 0..<count {
      let last = end.advanced(by: -1)
      months.insert(DaySpan(last.firstOfMonth, through: last), at: 0)
      end = last.firstOfMonth
    }
    self.months = months
    company = Company.empty(today: LocalCalendar.utc.day(at: now), historyDays: 300)
    use(DaySpan(end, through: yesterday))
  }

  var lastMonth: Day { months.last?.first ?? yesterday }
  var first: Day { months.first?.first ?? yesterday }

  static func provider(of agent: Int) -> ProviderKind { [.langdock, .dust, .tess][agent % 3] }
  static func id(of agent: Int) -> String { "\(provider(of: agent).rawValue)-agent-\(agent)" }

  static func counter(of agent: Int) -> String {
    let measure = provider(of: agent) == .tess ? "executions" : "messages"
    return
      "agentusage_agent_\(measure)_total{provider=\"\(provider(of: agent).rawValue)\",agent_id=\"\(id(of: agent))\"}"
  }

  func add(_ count: Int, to agent: Int, at moment: Date) {
    let id = Self.id(of: agent)
    switch Self.provider(of: agent) {
    case .dust: company.addDustMessages(count, agent: id, at: moment)
    case .tess: company.addExecutions(count, agent: id, at: moment)
    default: company.addMessages(count, agent: id, at: moment)
    }
  }

  /// Each agent in two days out of three, the later ones of them not before they were made; and all on the last day, so that
  /// the first collection, whatever day that is on, knows each.
  private func use(_ span: DaySpan) {
    var dice = SeededGenerator(seed: 50)
    for day in span.days {
      let start = calendar.start(of: day)
      for agent in 0..<Self.agents where day.ordinal - span.first.ordinal >= agent * 3 {
        guard Int.random(in: 0..<3, using: &dice) > 0 || day == span.last else { continue }
        // Never at midnight, where a day's first second is the one before's last.
        let moment = start.addingTimeInterval(Double.random(in: 60..<82_000, using: &dice))
        add(Int.random(in: 1...8, using: &dice), to: agent, at: moment)
      }
    }
  }

  /// By agent.
  func truth(_ span: DaySpan, at now: Date) -> [String: Double] {
    var totals: [String: Double] = [:]
    let answers = [
      (company.agentTruth(span, in: calendar, at: now), Measure.messages),
      (company.dustAgentTruth(span, in: calendar, at: now), .messages),
      (company.tessTruth(span, in: calendar, at: now), .executions),
    ]
    for (truth, measure) in answers {
      for (key, amount) in truth.quantities where key.entity.scope == .agent && key.measure == measure {
        totals[key.entity.id, default: 0] += Double(amount)
      }
    }
    return totals
  }

  func start(of span: DaySpan) -> Double { calendar.start(of: span.first).timeIntervalSince1970 }
  func end(of span: DaySpan) -> Double { calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970 }

  static func configuration(_ simulator: Simulator) -> String {
    """
    defaults: { zero_hold: 0s, timezone: \(zone) }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: \(simulator.langdockURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
          projects: { enabled: false }
          models: { enabled: false }
          api_keys: { enabled: false }
      - name: acme
        provider: dust
        workspace_id: \(simulator.dustWorkspace)
        api_key: ${DK}
        base_url: \(simulator.dustURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
      - name: acme
        provider: tess
        workspace_id: \(simulator.tessWorkspace)
        api_key: ${TK}
        base_url: \(simulator.tessURL)
        requests_per_minute: 10000
        collectors:
          executions: { min_interval: 1s }
      - name: acme
        provider: agentphone
        api_key: ${AK}
        base_url: \(simulator.agentPhoneURL)
        timezone: UTC
    """
  }
}
