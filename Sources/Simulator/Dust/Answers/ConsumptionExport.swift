import Foundation
import Usage

/// The answers of `POST …/analytics/consumption/export`.
struct ConsumptionExport {
  private static let hour: Int64 = 3_600_000

  let book: DustBook
  let options: DustOptions
  let request: ConsumptionRequest
  let now: Date

  /// Written while it is made, an hour of usage at a time, unless a fault asks for rows that are not there.
  func answer(_ faults: [Fault]) -> WireAnswer {
    if let synthetic = options.syntheticConsumption {
      return streamed(SyntheticConsumption(synthetic.lines, synthetic.errorAtEnd, options, request).piece)
    }
    let lines = ConsumptionLines(book, request.filter, at: now)
    guard faults.isEmpty else {
      let bytes = spoiled(lines.rows(from: request.from, to: request.end), faults)
      return streamed { index in index == 0 ? bytes : nil }
    }
    let (request, options, columns) = (request, options, ConsumptionLines.columns(options))
    return streamed { index in
      let from = request.from + Int64(index) * Self.hour
      guard from < request.end else { return nil }
      let rows = lines.rows(from: from, to: min(from + Self.hour, request.end))
      return Self.write(Table(columns, rows), options, request, header: index == 0)
    }
  }

  private func streamed(_ pieces: @escaping @Sendable (Int) -> [UInt8]?) -> WireAnswer {
    var answer = WireAnswer(200, request.json ? "application/x-ndjson" : "text/csv", [])
    answer.pieces = pieces
    return answer
  }

  /// - Parameter header: whether the header line comes first.
  private static func write(
    _ table: Table, _ options: DustOptions, _ request: ConsumptionRequest, header: Bool
  ) -> [UInt8] {
    var table = table
    table.shapeAsAny(options)
    if request.json { return table.lines }
    let bytes = table.guarded(listSeparator: "; ").csv
    guard !header, let end = bytes.firstIndex(of: 0x0A) else { return bytes }
    return Array(bytes[(end + 1)...])
  }

  private func spoiled(_ rows: [[Cell]], _ faults: [Fault]) -> [UInt8] {
    var table = Table(ConsumptionLines.columns(options), rows)
    table.apply(faults, today: LocalCalendar.utc.day(at: now))
    var bytes = Self.write(table, options, request, header: true)
    for case .lateError(let line) in faults { bytes += (line + "\n").utf8 }
    return bytes
  }
}
