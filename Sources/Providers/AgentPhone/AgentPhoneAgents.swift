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
    _ demand: Demand, from api: APIClient, deliver: (Answer) async throws -> Void
  ) async throws {
    for period in periods(demand) {
      let zone = demand.calendar.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "UTC"
      let answer = try await AgentPhone.get(
        Self.path, query: "?period=\(period.rawValue)&tz=\(zone)", from: api)
      try Self.checkPeriod(answer.root, period, demand)
      var coverage = [Coverage.period(PeriodWindow(period, today: demand.today))]
      if period == .year { coverage.append(.bucket(.year(demand.today.year))) }
      try await deliver(Answer(coverage, try Self.reading(of: answer)))
    }
  }

  /// The year always, for the counters; the others if they are published.
  private func periods(_ demand: Demand) -> [CalendarPeriod] {
    [.year, .month, .week].filter { $0 == .year || demand.periods.contains($0) }
  }

  /// Refuses an answer for another period than the one asked for, as a provider gives whose clock differs around midnight.
  ///
  /// `periodStart` may carry any offset, so its local date counts as well as its instant. The week's first day is not
  /// documented: a week that began within the last seven days is this one.
  private static func checkPeriod(
    _ root: JSONValue, _ period: CalendarPeriod, _ demand: Demand
  ) throws(UpstreamFailure) {
    guard let text = root["periodStart"]?.string else { return }
    guard let start = Timestamp.parse(text), let literal = start.day else {
      throw .schema("\"periodStart\" is not a date")
    }
    let expected = period.soFar(demand.today)
    let candidates = [literal, demand.calendar.day(at: start.instant)]
    let isExpected = candidates.contains { day in
      period == .week
        ? DaySpan(endingOn: demand.today, count: 7).contains(day) : day == expected.first
    }
    if !isExpected { throw .schema("the answer is for another \(period.rawValue) than the one asked for") }
  }

  private static func reading(of answer: JSONAnswer) throws(UpstreamFailure) -> Reading {
    let rows = try AgentPhone.rows(of: answer)
    try AgentPhone.require(["agentId"] + fields.map(\.name), in: rows)
    var reading = Reading()
    for row in rows {
      reading.row { amounts throws(RowRefused) in
        let isNull = row["agentId"] == nil
        let entity =
          isNull
          ? Entity.unassigned
          : Entity(.agent, upstream: try FieldReader.id(row["agentId"], isRepaired: answer.isRepaired))
        try AgentPhone.read(row, fields, of: entity, into: &amounts)
      }
      if let name = row["agentName"]?.string, let entity = agent(row, answer) {
        reading.attributes[entity] = [Reading.Attribute("agent_name", name)]
      }
    }
    return reading
  }

  private static func agent(_ row: JSONValue, _ answer: JSONAnswer) -> Entity? {
    guard row["agentId"] != nil else { return .unassigned }
    return (try? FieldReader.id(row["agentId"], isRepaired: answer.isRepaired)).map { Entity(.agent, upstream: $0) }
  }
}
