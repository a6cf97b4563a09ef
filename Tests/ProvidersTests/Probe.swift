import Foundation
import Simulator
import Testing
import Usage

/// A collector, where its answers come from, and what it has to read in the company of ``company()``.
struct Probe: Sendable, CustomTestStringConvertible {
  let provider: ProviderKind
  let collector: String
  let path: String
  let measure: Measure
  /// By the entity's id, or by the day where there is no other name.
  let counts: [String: Int64]
  /// What a fault of the first row falls upon.
  let first: String
  var hasIDs = true
  var hasNames = true
  var hasDates = true
  /// What the first row is worth where there is one for each event; nil where it is all there is of ``first``.
  var eventWorth: Int64?
  /// Whether a row bears the number that is counted.
  var hasCounts = true
  /// Whether a row without an id is usage without an agent.
  var emptyIDIsUnassigned = false
  /// Whether rows have ids of their own, so that one that comes twice counts once.
  var hasRowIDs = false
  /// Whether the first row that comes is of a time that is asked for: `AgentPhoneTests.oddDays` has bad rows where not.
  var wantsFirstRow = true

  var service: SimulatedService {
    switch provider {
    case .langdock: .langdock
    case .dust: .dust
    case .tess: .tess
    case .agentphone: .agentPhone
    }
  }
  var isCSV: Bool { provider == .langdock }
  var testDescription: String { "\(provider.rawValue)/\(collector)" }

  static let langdock = [
    Probe(
      provider: .langdock, collector: "agents", path: "/export/agents/csv", measure: .messages,
      counts: ["l1": 5, "l2": 3], first: "l1"),
    Probe(
      provider: .langdock, collector: "projects", path: "/export/projects/csv", measure: .messages,
      counts: ["r1": 5, "r2": 3], first: "r1"),
    Probe(
      provider: .langdock, collector: "models", path: "/export/models/csv", measure: .requests,
      counts: ["m1": 10, "m2": 6], first: "m1", hasNames: false),
    Probe(
      provider: .langdock, collector: "api_keys", path: "/export/api-keys/csv", measure: .requests,
      counts: ["k1": 5, "k2": 3], first: "k1"),
    Probe(
      provider: .langdock, collector: "users", path: "/export/users/csv", measure: .messages,
      counts: ["user-1": 5, "user-2": 3], first: "user-1"),
  ]

  static let agentPhone = [
    Probe(
      provider: .agentphone, collector: "agents", path: "/v1/usage/by-agent", measure: .messages,
      counts: ["p1": 5, "p2": 3], first: "p1"),
    Probe(
      provider: .agentphone, collector: "account", path: "/v1/usage", measure: .messages, counts: ["": 8],
      first: "", hasIDs: false, hasNames: false, hasDates: false),
    Probe(
      provider: .agentphone, collector: "daily", path: "/v1/usage/daily", measure: .messages,
      counts: ["2026-11-18": 5, "2026-11-19": 3], first: "2026-11-18", hasIDs: false, hasNames: false,
      wantsFirstRow: false),
    Probe(
      provider: .agentphone, collector: "numbers", path: "/v1/usage/by-number", measure: .messages,
      counts: ["n1": 5, "n2": 3], first: "n1", hasDates: false),
  ]

  private static func dust(
    _ collector: String, _ measure: Measure, _ counts: [String: Int64], path: String = "analytics/export",
    _ change: (inout Probe) -> Void = { _ in }
  ) -> Probe {
    var probe = Probe(
      provider: .dust, collector: collector, path: "/api/v1/w/\(DustOptions().workspace)/\(path)", measure: measure,
      counts: counts, first: counts.max { $0.value < $1.value }?.key ?? "")
    probe.hasNames = false
    change(&probe)
    return probe
  }

  static let dust = [
    dust("usage_metrics", .messages, ["": 8]) { $0.hasIDs = false },
    dust("agents", .messages, ["d1": 5, "d2": 3]) { ($0.hasNames, $0.hasDates) = (true, false) },
    dust("sources", .messages, ["api": 5, "web": 3]),
    dust("skills", .executions, ["Skill 1": 5, "Skill 2": 3]),
    dust("tools", .executions, ["server1": 5, "server2": 3]),
    dust("feedback", .feedback, ["d1": 5, "d2": 3]) { ($0.eventWorth, $0.hasCounts, $0.hasRowIDs) = (1, false, true) },
    dust("users", .messages, ["user-1": 5, "user-2": 3]) { ($0.hasDates, $0.hasRowIDs) = (false, true) },
    dust("messages", .messages, ["d1": 5, "d2": 3]) { ($0.eventWorth, $0.hasCounts, $0.hasRowIDs) = (1, false, true) },
    dust("consumption", .credits, ["d1": 17_500_000, "d2": 10_500_000], path: "analytics/consumption/export") {
      ($0.eventWorth, $0.emptyIDIsUnassigned) = (2_500_000, true)
    },
    dust("workspace_usage", .messages, ["d1": 5, "d2": 3], path: "workspace-usage") {
      ($0.eventWorth, $0.hasCounts, $0.hasRowIDs) = (1, false, true)
    },
  ]

  static let tess = [
    Probe(
      provider: .tess, collector: "executions", path: "/workspaces/usage", measure: .executions,
      counts: ["t1": 5, "t2": 3], first: "t1", eventWorth: 1, hasRowIDs: true)
  ]

  static let all = langdock + dust + tess + agentPhone

  /// It tells of users and of nothing that is counted.
  private static let dustUsers = dust("active_users", .messages, [:])

  static func named(_ name: String) -> Probe {
    (all + [dustUsers]).first { $0.testDescription == name } ?? all[0]
  }

  /// What was read, in the form of ``counts``.
  func counts(of outcome: Desk.Outcome) -> [String: Int64] {
    if provider == .dust {
      let amounts = outcome.answers.first?.reading.amounts(measure, measure == .feedback ? "up" : "") ?? [:]
      return amounts.filter { self.counts[$0.key] != nil }
    }
    if provider == .tess {
      let buckets = outcome.answers.filter { answer in
        answer.coverage.contains { if case .bucket = $0 { true } else { false } }
      }
      // Models and origins are executions too.
      return buckets.first?.reading.amounts(measure).filter { self.counts[$0.key] != nil } ?? [:]
    }
    guard collector == "daily" else { return outcome.reading.amounts(measure) }
    var counts: [String: Int64] = [:]
    for answer in outcome.answers {
      guard case .period(let window) = answer.coverage.first else { continue }
      if let amount = answer.reading.amounts(measure)[""] { counts[window.start.description] = amount }
    }
    return counts
  }

  /// What the first row counts.
  var firstRow: Int64 { eventWorth ?? counts[first] ?? 0 }

  var countsWithoutFirstRow: [String: Int64] {
    var rest = counts
    rest[first] = eventWorth.flatMap { worth in counts[first].map { $0 - worth } }
    return rest
  }

  static func rejected(of outcome: Desk.Outcome) -> [RowRejection: Int] {
    outcome.answers.reduce(into: [:]) { $0.merge($1.reading.rejected, uniquingKeysWith: +) }
  }

  /// Two of everything: five messages to the first and three to the second, all visible.
  static func company() -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    let today = now.addingTimeInterval(-3600)
    for (number, count) in [(1, 5), (2, 3)] {
      company.addAgent(id: "l\(number)", name: "Lang, \"\(number)\"\nzweite Zeile", provider: .langdock)
      let shape = Company.MessageShape { shape in
        shape.user = "user-\(number)"
        shape.model = "m\(number)"
        shape.project = "r\(number)"
      }
      company.addMessages(count, agent: "l\(number)", at: today, shape)
      company.addRequests(count, apiKey: "k\(number)", at: today, shape)
      company.addAgent(id: "p\(number)", name: "Phone \(number)", provider: .agentphone)
      company.addNumber(id: "n\(number)", number: "+1202555010\(number)", agent: "p\(number)")
      addDust(number, count, at: today, to: company)
      company.addTessAgent(slug: "t\(number)", name: "Tess \(number)", type: .chat)
      // The first is the newer one, and so the first row.
      company.addExecutions(
        count, agent: "t\(number)", at: today.addingTimeInterval(Double(-number)), .init { $0.user = "user-\(number)" })
      // The first yesterday and the second today, so that the days differ as well.
      let day = today.addingTimeInterval(number == 1 ? -86_400 : 0)
      company.addTexts(count, agent: "p\(number)", number: "n\(number)", at: day)
    }
    return company
  }

  /// Each message costs two and a half credits for the model and one for a tool.
  private static func addDust(_ number: Int, _ count: Int, at moment: Date, to company: Company) {
    company.addAgent(id: "d\(number)", name: "Dust \(number)", provider: .dust)
    company.addDustSkill(id: "k\(number)", name: "Skill \(number)")
    company.addDustMessages(
      count, agent: "d\(number)", at: moment.addingTimeInterval(Double(number)),
      .init { shape in
        (shape.user, shape.origin) = ("user-\(number)", number == 1 ? "api" : "web")
        (shape.model, shape.modelProvider, shape.credits) = ("m\(number)", "maker", 250)
        (shape.tools, shape.skills) = ([.init("server\(number)", "find", credits: 100)], ["k\(number)"])
      })
    company.addFeedback(count, agent: "d\(number)", at: moment)
  }
}
