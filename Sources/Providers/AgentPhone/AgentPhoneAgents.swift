import Foundation
import Tabular
import Upstream
import Usage

/// `GET /v1/usage/by-agent`: usage of each agent in the calendar year, month and week so far.
///
/// The year is the counters' bucket, because nothing shorter can be asked for again once it is over.
struct AgentPhoneAgents: UsageCollector {
  let name = "agents"
  let buckets = BucketRule.asAnswered
  let endpoints = [path]

  private static let path = "/v1/usage/by-agent"
  private static let fields: [(name: String, measure: Measure)] = [
    ("messages", .messages), ("calls", .calls), ("totalSeconds", .callSeconds),
  ]

  func requestsPerRefresh(_ demand: Demand) -> Int { periods(demand).count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    for period in periods(demand) {
      let zone = demand.calendar.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "UTC"
      let query = "?period=\(period.rawValue)&tz=\(zone)"
      let reading = try await AgentPhone.get(Self.path, query: query, from: source.api) {
        answer throws(UpstreamFailure) -> Reading? in
        try Self.isWanted(answer.root, period, demand) ? Self.reading(of: answer) : nil
      }
      guard let reading else { continue }
      var coverage = [Coverage.period(PeriodWindow(period, today: demand.today))]
      if period == .year { coverage.append(.bucket(.year(demand.today.year))) }
      try await deliver(Answer(coverage, reading))
    }
  }

  /// The year always, for the counters; the others if they are published.
  private func periods(_ demand: Demand) -> [CalendarPeriod] {
    [.year, .month, .week].filter { $0 == .year || demand.periods.contains($0) }
  }

  /// Refuses an answer for another period than the one asked for, as a provider gives whose clock differs around midnight.
  ///
  /// `periodStart` may carry any offset, so its local date counts as well as its instant. On which day the provider's week
  /// begins is not documented: one that began within the last seven days is the current one.
  ///
  /// - Returns: false for a week that does not begin on Monday, as the exporter's do: its figures are those of other days.
  private static func isWanted(
    _ root: JSONValue, _ period: CalendarPeriod, _ demand: Demand
  ) throws(UpstreamFailure) -> Bool {
    guard let text = root["periodStart"]?.string else { return true }
    guard let start = Timestamp.parse(text), let literal = start.day else {
      throw .schema("\"periodStart\" is not a date")
    }
    let candidates = [literal, demand.calendar.day(at: start.instant)]
    if candidates.contains(period.soFar(demand.today).first) { return true }
    let isThisWeek = candidates.contains { DaySpan(endingOn: demand.today, count: 7).contains($0) }
    guard period == .week, isThisWeek else {
      throw .schema("the answer is for another \(period.rawValue) than the one asked for")
    }
    return false
  }

  private static func reading(of answer: JSONAnswer) throws(UpstreamFailure) -> Reading {
    let rows = try AgentPhone.rows(of: answer)
    try AgentPhone.require(["agentId"] + fields.map(\.name), in: rows)
    var reading = Reading()
    for row in rows {
      var entity: Entity?
      reading.row { amounts throws(RowRefused) in
        let agent = try agent(row, answer)
        try AgentPhone.read(row, fields, of: agent, into: &amounts)
        entity = agent
      }
      if let entity, let name = row["agentName"]?.string {
        reading.attributes[entity] = [Reading.Attribute("agent_name", name)]
      }
    }
    return reading
  }

  /// Null stands for usage without an agent; a row without the field has lost its id.
  private static func agent(_ row: JSONValue, _ answer: JSONAnswer) throws(RowRefused) -> Entity {
    guard case .object(let members) = row, let id = members["agentId"] else { throw RowRefused(.missingID) }
    if id == .null { return .unassigned }
    return Entity(.agent, upstream: try FieldReader.id(id, isRepaired: answer.isRepaired))
  }
}
