import Tabular
import Upstream
import Usage

/// Reads an export's CSV as it streams in, row by row; never more of it is in memory than one record.
struct LangdockRows: BodySink {
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

  private let table: LangdockTable
  private let records: Int
  private let bounds: Bounds
  private var reader: CSVReader
  private var harvest = Harvest()

  /// What the rows so far have given.
  private struct Harvest: Sendable {
    var columns: LangdockColumns?
    var reading = Reading()

    mutating func take(_ row: borrowing CSVRow, _ table: LangdockTable, _ bounds: Bounds) {
      let columns = columns ?? LangdockColumns(table, row.header)
      self.columns = columns
      columns.read(copy row, within: bounds, into: &reading)
    }
  }

  /// - Parameter records: the rows that the export call promised.
  init(table: LangdockTable, records: Int, bounds: Bounds) {
    self.table = table
    self.records = records
    self.bounds = bounds
    reader = CSVReader(required: [table.id] + table.required)
  }

  mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure) {
    // Moved out and back, so that the closure grows it in place rather than a copy of it.
    var harvest = harvest
    self.harvest = Harvest()
    do {
      try reader.read(chunk) { row in harvest.take(row, table, bounds) }
    } catch {
      throw Self.failure(error)
    }
    self.harvest = harvest
  }

  mutating func finish() throws(UpstreamFailure) -> Reading {
    var harvest = harvest
    self.harvest = Harvest()
    do {
      try reader.finish { row in harvest.take(row, table, bounds) }
    } catch {
      throw Self.failure(error)
    }
    var reading = harvest.reading
    guard let header = reader.header else { throw .decode("the export is empty, without even a header") }
    if reading.rows < records {
      throw .decode("the export has \(reading.rows) rows where \(records) were promised: it was cut off")
    }
    let columns = harvest.columns ?? LangdockColumns(table, header)
    reading.unreported = columns.unreported
    if table.rowsAreUsers {
      let users = reading.quantities.count { $0.key.measure == .messages && $0.value > 0 }
      reading.activeUsers[.workspace] = Int64(users)
    }
    return reading
  }

  private static func failure(_ error: any Error) -> UpstreamFailure {
    switch error {
    case let error as CSVError:
      switch error {
      case .missingColumn, .repeatedColumn: .schema("\(error)")
      // Their texts count records; they quote nothing of them.
      default: .decode("the export is not whole CSV: \(error)")
      }
    default: .decode("the export cannot be read")
    }
  }
}
