import Foundation
import Tabular
import Upstream
import Usage

/// The columns of a log with one row for each message of an agent, under their names of two ages.
struct DustLogColumns: Sendable {
  let id: String
  let agent: String
  let user: String
  /// Model and its provider, where the log tells them.
  var model: (name: String, provider: String)?

  /// `table=messages` of `analytics/export`.
  static let messages = DustLogColumns(
    id: "messageId", agent: "assistantId", user: "userId", model: ("modelId", "modelProviderId"))
  /// `table=assistant_messages` of `workspace-usage`.
  static let deprecated = DustLogColumns(id: "message_id", agent: "assistant_id", user: "user_id")

  static let time = "createdAt"

  var required: [String] { [id, Self.time, agent] }
  var columns: [String] { required + [user] + (model.map { [$0.name, $0.provider] } ?? []) }
}

/// Counts the messages of a span of local days by agent, by model, and the distinct users of each agent.
struct DustMessageHarvest: RecordHarvest {
  /// The span's first instant, and the first behind it.
  private let start: Date
  private let end: Date
  /// Seconds by which whole days of UTC may reach beyond local ones, and more.
  private static let slack = 2.0 * 86_400
  private let names: DustLogColumns
  private let isGuarded: Bool
  private var layout: Layout?
  private var seen: Set<UInt64> = []
  private var users: [Entity: Set<UInt64>] = [:]
  private var reading = Reading()

  private struct Layout: Sendable {
    let id: Int
    let time: Int
    let agent: Int
    let user: Int?
    let model: Int?
    let modelProvider: Int?
  }

  init(_ names: DustLogColumns, _ span: DaySpan, in calendar: LocalCalendar, guarded: Bool) {
    self.names = names
    isGuarded = guarded
    start = calendar.start(of: span.first)
    end = calendar.start(of: span.last.advanced(by: 1))
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    let layout = if let layout { layout } else { try makeLayout(record.header) }
    self.layout = layout
    do throws(RowRefused) {
      guard try isWithin(record, layout) else { return }
      reading.rows += 1
      try count(record, layout)
    } catch {
      reading.rows += 1
      reading.reject(error.reason)
    }
  }

  private func makeLayout(_ header: Header) throws(UpstreamFailure) -> Layout {
    Layout(
      id: try header.column(names.id), time: try header.column(DustLogColumns.time),
      agent: try header.column(names.agent),
      user: header.index(of: names.user), model: names.model.flatMap { header.index(of: $0.name) },
      modelProvider: names.model.flatMap { header.index(of: $0.provider) })
  }

  /// The log is asked for in whole days of UTC, so what is outside the local span is no fault.
  ///
  /// Times carry no offset; asked for in UTC they are UTC.
  private mutating func isWithin(_ record: borrowing Record, _ layout: Layout) throws(RowRefused) -> Bool {
    guard let time = record.field(layout.time).timestamp?.instant else { throw RowRefused(.missingID) }
    if time >= end.addingTimeInterval(Self.slack) { throw RowRefused(.future) }
    if time < start.addingTimeInterval(-Self.slack) { throw RowRefused(.outsideWindow) }
    guard start <= time, time < end else { return false }
    reading.noteInstant(time)
    return true
  }

  private mutating func count(_ record: borrowing Record, _ layout: Layout) throws(RowRefused) {
    let agent = Entity(.agent, upstream: try record.identifier(layout.agent, guarded: isGuarded))
    let id = StableHash.fnv1a(try record.identifier(layout.id, guarded: isGuarded).utf8)
    var amounts = [(SeriesKey(agent, .messages), Int64(1))]
    if let model = try model(record, layout) { amounts.append((SeriesKey(model, .messages), 1)) }
    guard seen.insert(id).inserted else { return }
    try reading.add(row: amounts)
    // Messages of API keys have no user.
    if let user = layout.user, !record.field(user).isEmpty {
      users[agent, default: []].insert(StableHash.fnv1a(record.field(user).bytes))
    }
  }

  private func model(_ record: borrowing Record, _ layout: Layout) throws(RowRefused) -> Entity? {
    guard let model = layout.model, !record.field(model).isEmpty else { return nil }
    let name = try record.identifier(model, guarded: isGuarded)
    let provider = layout.modelProvider.flatMap { record.text($0, guarded: isGuarded) }
    return Entity(.model, upstream: name, qualifier: provider ?? "")
  }

  mutating func finish(_ header: Header?) throws(UpstreamFailure) -> Reading {
    // Without any row the header is all there is to judge by; a sentence in its place says that there is no data.
    if layout == nil, let header, header.names.first?.hasPrefix("No data available") != true {
      _ = try makeLayout(header)
    }
    reading.activeUsers = users.mapValues { Int64($0.count) }
    return reading
  }
}

extension DaySpan {
  /// The days of UTC that these local days touch.
  func inUTC(from calendar: LocalCalendar) -> DaySpan {
    let end = calendar.start(of: last.advanced(by: 1)).addingTimeInterval(-1)
    return DaySpan(LocalCalendar.utc.day(at: calendar.start(of: first)), through: LocalCalendar.utc.day(at: end))
  }
}
