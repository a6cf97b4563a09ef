/// Rows of an answer, with what is needed to write them and to spoil them.
struct Table: Sendable {
  struct Column: Sendable {
    /// What a column is for; faults are aimed by it.
    enum Role: Sendable {
      case id, name, count, date, other
    }

    let name: String
    let role: Role

    init(_ name: String, _ role: Role = .other) {
      self.name = name
      self.role = role
    }
  }

  var columns: [Column]
  var rows: [[Cell]]
  var style = Style()

  /// How the table is written: everything that does not change what it says, and some that does.
  struct Style: Sendable {
    var numbersQuoted = false
    var byteOrderMark = false
    var carriageReturns = false
    /// The last row of a CSV ends after its first half.
    var raggedLastRow = false
    /// A line `ERROR: …` follows the last row of a CSV.
    var errorTrailer = false
    /// How many rows more than there are the answer claims to have.
    var missingRows = 0
  }

  init(_ columns: [Column], _ rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  var claimedRows: Int { rows.count + style.missingRows }

  /// The rows as JSON objects.
  var objects: [Cell] {
    rows.map { row in .object(zip(columns, row).map { Cell.Field($0.name, $1) }) }
  }

  func json(_ cell: Cell) -> [UInt8] {
    var bytes: [UInt8] = style.byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    cell.writeJSON(into: &bytes, numbersQuoted: style.numbersQuoted)
    return bytes
  }

  /// The table with a header line, as RFC 4180 has it but for the line ends, which are LF unless the style says CRLF.
  var csv: [UInt8] {
    var bytes: [UInt8] = style.byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    let newline: [UInt8] = style.carriageReturns ? [0x0D, 0x0A] : [0x0A]
    write(columns.map { .text($0.name) }, into: &bytes)
    for (offset, row) in rows.enumerated() {
      bytes += newline
      let ragged = style.raggedLastRow && offset == rows.count - 1
      write(ragged ? Array(row.prefix(max(1, row.count / 2))) : row, into: &bytes)
    }
    if !style.raggedLastRow { bytes += newline }
    if style.errorTrailer { bytes += "ERROR: canceling statement due to statement timeout".utf8 + newline }
    return bytes
  }

  private func write(_ row: [Cell], into bytes: inout [UInt8]) {
    for (offset, cell) in row.enumerated() {
      if offset > 0 { bytes.append(UInt8(ascii: ",")) }
      cell.writeCSV(into: &bytes, numbersQuoted: style.numbersQuoted)
    }
  }
}
