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

  var service: SimulatedService { provider == .langdock ? .langdock : .agentPhone }
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
      counts: ["2026-11-18": 5, "2026-11-19": 3], first: "2026-11-18", hasIDs: false, hasNames: false),
    Probe(
      provider: .agentphone, collector: "numbers", path: "/v1/usage/by-number", measure: .messages,
      counts: ["n1": 5, "n2": 3], first: "n1", hasDates: false),
  ]

  static let all = langdock + agentPhone

  static func named(_ name: String) -> Probe {
    all.first { $0.testDescription == name } ?? all[0]
  }

  /// What was read, in the form of ``counts``.
  func counts(of outcome: Desk.Outcome) -> [String: Int64] {
    guard collector == "daily" else { return outcome.reading.amounts(measure) }
    var counts: [String: Int64] = [:]
    for answer in outcome.answers {
      guard case .period(let window) = answer.coverage.first else { continue }
      if let amount = answer.reading.amounts(measure)[""] { counts[window.start.description] = amount }
    }
    return counts
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
      // The first yesterday and the second today, so that the days differ as well.
      let day = today.addingTimeInterval(number == 1 ? -86_400 : 0)
      company.addTexts(count, agent: "p\(number)", number: "n\(number)", at: day)
    }
    return company
  }
}
