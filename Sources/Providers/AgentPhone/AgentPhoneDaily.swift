import Upstream
import Usage

/// `GET /v1/usage/daily`: the workspace's totals of today and yesterday, as gauges; and of days that are over, which a
/// demand of the past asks for, as buckets. The live counters of the same measures are ``AgentPhoneAccount``'s.
///
/// Where days begin, whether those without usage are listed, and whether today is, is not documented: some days more than
/// are wanted are asked for, and a day that is missing has no series.
struct AgentPhoneDaily: UsageCollector {
  let name = "daily"
  let buckets = BucketRule.asAnswered
  let endpoints = [path]
  let asksForEachDay = false
  /// `days` may be from 1 to 365.
  let pastDays: Int? = 365 - margin

  private static let path = "/v1/usage/daily"
  /// The provider's last day may be the one before the workspace's today, and today may not be listed.
  private static let margin = 2
  /// Of these `webhooks` is missing in some versions.
  private static let fields: [(name: String, measure: Measure)] = [
    ("messages", .messages), ("calls", .calls), ("webhooks", .webhookDeliveries),
  ]

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let past = demand.days.filter { $0 < demand.today }
    let span = DaySpan(min(past.first ?? demand.today, demand.today.advanced(by: -1)), through: demand.today)
    let rows = try await AgentPhone.get(Self.path, query: "?days=\(span.count + Self.margin)", from: source.api) {
      answer throws(UpstreamFailure) -> [JSONValue] in
      let rows = try AgentPhone.rows(of: answer)
      try AgentPhone.require(["date", "messages", "calls"], in: rows)
      return rows
    }
    var days = Dictionary(uniqueKeysWithValues: span.days.map { ($0, Reading()) })
    let listed = DaySpan(span.first.advanced(by: -2 * Self.margin), through: demand.today.advanced(by: 1))
    for row in rows { Self.read(row, into: &days, listed, today: demand.today) }
    for (day, reading) in days.sorted(by: { $0.key < $1.key }) {
      let coverage = Self.coverage(of: day, past: past, today: demand.today)
      if !coverage.isEmpty { try await deliver(Answer(coverage, reading)) }
    }
  }

  private static func coverage(of day: Day, past: [Day], today: Day) -> [Coverage] {
    var coverage: [Coverage] = past.contains(day) ? [.bucket(.day(day))] : []
    if day >= today.advanced(by: -1) { coverage.append(.period(PeriodWindow(.day, start: day))) }
    return coverage
  }

  /// - Parameter listed: the days that may come without being wanted.
  private static func read(_ row: JSONValue, into days: inout [Day: Reading], _ listed: DaySpan, today: Day) {
    guard let day = row["date"]?.string.flatMap({ Day(iso: $0) }) else {
      days[today]?.rows += 1
      days[today]?.reject(.missingID)
      return
    }
    guard days[day] != nil else {
      if listed.contains(day) { return }
      days[today]?.rows += 1
      days[today]?.reject(day > today ? .future : .outsideWindow)
      return
    }
    days[day]?.row { amounts throws(RowRefused) in
      try AgentPhone.read(row, fields, of: .workspace, into: &amounts)
    }
  }
}
