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
    var course = Course(demand)
    for day in demand.days.reversed() {
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
      try await course.read(DaySpan(day)) {
        guard let reading = try await api.send(request, .lines, from: source.api, export) else {
          throw NotEnabled(
            "Dust has not switched the consumption export on for this workspace: ask Dust for consumption_export_api")
        }
        try await deliver(demand.answer(for: day, reading))
      }
    }
    try await deliver(demand.sums)
    try course.end()
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
  private var sums = EntitySums()
  /// Whether the agent in that place of ``sums`` has its name.
  private var isNamed: [Bool] = []

  private struct Layout: Sendable {
    let time: Int
    let credits: Int
    let agent: Int
    let agentName: Int?
    var agents: EntityColumn?
    var models: EntityColumn?
    var toolServers: EntityColumn?
    var tools: EntityColumn?
  }

  init(start: Date, end: Date, guarded: Bool) {
    self.start = start
    self.end = end
    isGuarded = guarded
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    // Moved out and back, so that its columns grow in place.
    var layout = if let layout { layout } else { try makeLayout(record.header) }
    self.layout = nil
    defer { self.layout = layout }
    reading.rows += 1
    do throws(RowRefused) {
      try count(record, &layout)
    } catch {
      reading.reject(error.reason)
    }
  }

  private func makeLayout(_ header: Header) throws(UpstreamFailure) -> Layout {
    let agent = try header.column("agentId")
    return Layout(
      time: try header.column("completedAt"), credits: try header.column("totalCredits"),
      agent: agent, agentName: header.index(of: "agentName"), agents: EntityColumn(.agent, agent, guarded: isGuarded),
      models: EntityColumn(
        .model, header.index(of: "modelId"), qualifier: header.index(of: "modelProviderId"), guarded: isGuarded),
      toolServers: EntityColumn(.tool, header.index(of: "toolServerName"), guarded: isGuarded),
      tools: EntityColumn(.tool, header.index(of: "toolName"), guarded: isGuarded))
  }

  private mutating func count(_ record: borrowing Record, _ layout: inout Layout) throws(RowRefused) {
    guard let time = record.timestamp(layout.time)?.instant else { throw RowRefused(.missingID) }
    if time >= end { throw RowRefused(.future) }
    if time < start { throw RowRefused(.outsideWindow) }
    guard let credits = try record.amount(layout.credits, .credits) else { throw RowRefused(.notANumber) }
    // Nothing in the field is usage without an agent; no field at all is a line that has lost its id.
    if record.presence(layout.agent) == .absent { throw RowRefused(.missingID) }
    let named = try layout.agents?.number(of: record, in: &sums)
    let agent = named ?? sums.number(of: .unassigned)
    let model = try layout.models?.number(of: record, in: &sums)
    // The server is what `tool_usage` names; a tool without one stands for itself.
    let server = try layout.toolServers?.number(of: record, in: &sums)
    let tool = if let server { server } else { try layout.tools?.number(of: record, in: &sums) }
    try sums.add(credits, to: agent, model, tool)
    reading.noteInstant(time)
    if let named { name(named, record, layout) }
  }

  private mutating func name(_ agent: Int, _ record: borrowing Record, _ layout: Layout) {
    guard let column = layout.agentName else { return }
    while isNamed.count <= agent { isNamed.append(false) }
    if isNamed[agent] { return }
    isNamed[agent] = true
    let name = record.repairedText(column, guarded: isGuarded)
    reading.attributes[sums.entities[agent]] = [.init("agent_name", name)]
  }

  mutating func finish(_ header: Header?) -> Reading {
    reading.quantities = sums.quantities(of: .credits)
    return reading
  }
}
