import Tabular
import Upstream
import Usage

/// The rows of an export: as many as were promised, and of the days that were asked for.
struct LangdockRows: RecordHarvest {
  /// The days that the rows may speak of.
  struct Bounds: Sendable {
    let first: Day
    let last: Day

    /// Period dates are told in UTC, so with another zone they may be a day off on either side.
    init(_ window: LangdockWindow) {
      let isUTC = window.calendar == .utc
      first = window.firstDay.advanced(by: isUTC ? 0 : -1)
      last = window.lastDay.advanced(by: isUTC ? 0 : 1)
    }
  }

  /// What the header says of where things are.
  private struct Layout: Sendable {
    var columns: TableColumns
    let tokens: LangdockTokens?
    let periodStart: Int?
    let periodEnd: Int?
  }

  private let table: LangdockTable
  private let records: Int
  private let bounds: Bounds
  private var layout: Layout?
  private var reading = Reading()

  /// - Parameter records: the rows that the export call promised.
  init(table: LangdockTable, records: Int, bounds: Bounds) {
    self.table = table
    self.records = records
    self.bounds = bounds
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    let layout = if let layout { layout } else { try makeLayout(record) }
    self.layout = layout
    self.layout?.columns.read(copy record, into: &reading) {
      [bounds, record = copy record] entity, amounts throws(RowRefused) in
      try Self.checkPeriod(record, layout, bounds)
      try layout.tokens?.read(record, of: entity, into: &amounts)
    }
  }

  private func makeLayout(_ record: borrowing Record) throws(UpstreamFailure) -> Layout {
    let header = record.header
    return Layout(
      columns: try TableColumns(table.plan, header), tokens: table.hasTokens ? LangdockTokens(header) : nil,
      periodStart: header.index(of: "period_start"), periodEnd: header.index(of: "period_end"))
  }

  /// Rows of another time than the one asked for are no part of the answer.
  private static func checkPeriod(_ record: Record, _ layout: Layout, _ bounds: Bounds) throws(RowRefused) {
    func day(_ column: Int?) -> Day? { column.flatMap { record.field($0).timestamp?.day } }
    if let end = day(layout.periodEnd), end > bounds.last { throw RowRefused(.future) }
    if let start = day(layout.periodStart) {
      if start > bounds.last { throw RowRefused(.future) }
      if start < bounds.first { throw RowRefused(.outsideWindow) }
    }
  }

  mutating func finish(_ header: Header?) throws(UpstreamFailure) -> Reading {
    if reading.rows < records {
      throw .decode("the export has \(reading.rows) rows where \(records) were promised: it was cut off")
    }
    if let layout {
      reading.unreported = layout.columns.unreported
      if table.hasTokens && layout.tokens == nil { reading.unreported.insert(.tokens) }
    }
    if table.rowsAreUsers {
      let users = reading.quantities.count { $0.key.measure == .messages && $0.value > 0 }
      reading.activeUsers[.workspace] = Int64(users)
    }
    return reading
  }
}
