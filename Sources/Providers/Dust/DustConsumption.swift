import Foundation
import Tabular
import Upstream
import Usage

/// `POST …/analytics/consumption/export`: the billed lines of each model and tool call, with exact credits.
///
/// The lines have no id, so a day is read whole and replaces what was computed for it before.
struct DustConsumption: UsageCollector {
  let name = "consumption"
  let buckets = BucketRule.singleDays(history: Dust.history)
  let endpoints = [endpoint]
  private let api: DustAPI

  private static let endpoint = "/analytics/consumption/export"

  init(_ api: DustAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.days.count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    for day in demand.days {
      let start = demand.calendar.start(of: day)
      let end = demand.calendar.start(of: day.advanced(by: 1))
      let body = #"{"startDate":"\#(start.instantText)","endDate":"\#(end.instantText)","format":"ndjson"}"#
      let request = APIRequest(
        endpoint: Self.endpoint, .post, path: api.path("analytics/consumption/export"),
        headers: [("content-type", "application/json")], body: Array(body.utf8),
        accept: "application/x-ndjson, text/csv, application/json")
      let export = DustAPI.Export(columns: ConsumptionHarvest.columns, required: ConsumptionHarvest.required) {
        ConsumptionHarvest(start: start, end: end, guarded: $0)
      }
      guard let reading = try await api.send(request, .lines, from: source.api, export) else {
        throw NotEnabled(
          "Dust has not switched the consumption export on for this workspace: ask Dust for consumption_export_api")
      }
      try await deliver(demand.answer(for: day, reading))
    }
    try await deliver(demand.sums)
  }
}

extension Date {
  /// An instant on a whole second as ISO 8601 in UTC.
  fileprivate var instantText: String {
    let (day, second) = LocalCalendar.utc.wallClock(at: self)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day)T\(clock.joined(separator: ":")).000Z"
  }
}

/// Credits by agent, model and tool.
struct ConsumptionHarvest: RecordHarvest {
  static let required = ["completedAt", "agentId", "totalCredits"]
  static let columns = required + ["agentName", "modelId", "modelProviderId", "toolServerName", "toolName"]

  private let start: Date
  private let end: Date
  private let isGuarded: Bool
  private var layout: Layout?
  private var reading = Reading()

  private struct Layout: Sendable {
    let time: Int
    let agent: Int
    let credits: Int
    let agentName: Int?
    let model: Int?
    let modelProvider: Int?
    let toolServer: Int?
    let tool: Int?
  }

  init(start: Date, end: Date, guarded: Bool) {
    self.start = start
    self.end = end
    isGuarded = guarded
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    let layout = if let layout { layout } else { try Self.layout(record.header) }
    self.layout = layout
    reading.rows += 1
    do throws(RowRefused) {
      try count(record, layout)
    } catch {
      reading.reject(error.reason)
    }
  }

  private static func layout(_ header: Header) throws(UpstreamFailure) -> Layout {
    Layout(
      time: try header.column("completedAt"), agent: try header.column("agentId"),
      credits: try header.column("totalCredits"),
      agentName: header.index(of: "agentName"), model: header.index(of: "modelId"),
      modelProvider: header.index(of: "modelProviderId"), toolServer: header.index(of: "toolServerName"),
      tool: header.index(of: "toolName"))
  }

  private mutating func count(_ record: borrowing Record, _ layout: Layout) throws(RowRefused) {
    guard let time = record.field(layout.time).timestamp?.instant else { throw RowRefused(.missingID) }
    if time >= end { throw RowRefused(.future) }
    if time < start { throw RowRefused(.outsideWindow) }
    guard let credits = try record.amount(layout.credits, .credits) else { throw RowRefused(.notANumber) }
    // Nothing in the field is usage without an agent; no field at all is a line that has lost its id.
    if record.presence(layout.agent) == .absent { throw RowRefused(.missingID) }
    let agent = try entity(.agent, layout.agent, record) ?? .unassigned
    var amounts = [(SeriesKey(agent, .credits), credits)]
    if let model = try entity(.model, layout.model, qualifier: layout.modelProvider, record) {
      amounts.append((SeriesKey(model, .credits), credits))
    }
    // The server is what `tool_usage` names; a tool without one stands for itself.
    let server = try entity(.tool, layout.toolServer, record)
    if let tool = if let server { server } else { try entity(.tool, layout.tool, record) } {
      amounts.append((SeriesKey(tool, .credits), credits))
    }
    try reading.add(row: amounts)
    reading.noteInstant(time)
    if reading.attributes[agent] == nil, let name = layout.agentName, agent != .unassigned {
      reading.attributes[agent] = [.init("agent_name", record.repairedText(name, guarded: isGuarded))]
    }
  }

  /// - Returns: nil where the line has none.
  private func entity(
    _ scope: Scope, _ column: Int?, qualifier: Int? = nil, _ record: borrowing Record
  ) throws(RowRefused) -> Entity? {
    guard let column, !record.field(column).isEmpty else { return nil }
    let id = try record.identifier(column, guarded: isGuarded)
    let kind = qualifier.flatMap { record.text($0, guarded: isGuarded) } ?? ""
    return Entity(scope, upstream: id, qualifier: kind)
  }

  mutating func finish(_ header: Header?) -> Reading { reading }
}
