extension Table {
  /// Leaves out, adds and turns round columns as the options say.
  mutating func shape(_ options: DustOptions, _ kind: DustOptions.Table) {
    if !options.creditsColumn { drop(["credits"]) }
    if kind == .users, !options.userIDColumn { drop(["userId"]) }
    if kind == .users, !options.userStatusColumns { drop(["userStatus", "lastLoginAt"]) }
    if kind == .messages, !options.messageDetailColumns {
      drop([
        "assistantTags", "parentMessageId", "toolsUsed", "skillsUsed", "modelId", "modelProviderId",
        "modelResolutionMethod", "credits",
      ])
    }
    shapeAsAny(options)
  }

  mutating func shapeAsAny(_ options: DustOptions) {
    if options.unknownColumn {
      columns.append(Column("carbonGrams"))
      rows = rows.map { $0 + [.integer(7)] }
    }
    guard options.reversedColumns else { return }
    columns.reverse()
    rows = rows.map { $0.reversed() }
  }

  private mutating func drop(_ names: Set<String>) {
    for index in columns.indices.reversed() where names.contains(columns[index].name) {
      columns.remove(at: index)
      for row in rows.indices { rows[row].remove(at: index) }
    }
  }

  /// As Dust writes CSV: lists in one cell, and strings that a spreadsheet would take for formulas behind an apostrophe.
  func guarded(listSeparator: String) -> Table {
    var table = self
    for row in table.rows.indices {
      for column in table.rows[row].indices { table.rows[row][column] = table.rows[row][column].guarded(listSeparator) }
    }
    return table
  }

  /// The rows as JSON objects, one in a line, as `application/x-ndjson` has them.
  var lines: [UInt8] {
    var bytes: [UInt8] = style.byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    let newline: [UInt8] = style.carriageReturns ? [0x0D, 0x0A] : [0x0A]
    for object in objects {
      object.writeJSON(into: &bytes, numbersQuoted: style.numbersQuoted)
      bytes += newline
    }
    if style.errorTrailer { bytes += "ERROR: Internal server error.".utf8 + newline }
    return bytes
  }
}

extension Cell {
  /// The text of each member of a list of texts.
  private var texts: [String] {
    guard case .list(let cells) = self else { return [] }
    return cells.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  fileprivate func guarded(_ separator: String) -> Cell {
    let formula: (UInt8?) -> Bool = { first in first.map("=+-@".utf8.contains) ?? false }
    switch self {
    case .list: return Cell.text(texts.joined(separator: separator)).guarded(separator)
    case .text(let text): return formula(text.utf8.first) ? .text("'" + text) : self
    case .bytes(let bytes): return formula(bytes.first) ? .bytes([UInt8(ascii: "'")] + bytes) : self
    default: return self
    }
  }
}
