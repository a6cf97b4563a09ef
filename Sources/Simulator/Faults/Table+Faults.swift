import Usage

extension Table {
  /// - Parameter today: by the injected clock, in UTC.
  mutating func apply(_ faults: [Fault], today: Day) {
    for fault in faults { apply(fault, today) }
  }

  private mutating func apply(_ fault: Fault, _ today: Day) {
    switch fault {
    case .invalidUTF8InID: setFirst(.id, .bytes([0x61, 0xC3, 0x28, 0xFF]))
    case .invalidUTF8InName: setFirst(.name, .bytes(Array("Name ".utf8) + [0xF0, 0x28, 0x8C, 0x28]))
    case .emptyID: setFirst(.id, .text(""))
    case .negativeCount: setFirst(.count, .integer(-5))
    case .nonNumericCount: setFirst(.count, .text("n/a"))
    case .hugeCount: setFirst(.count, .integer((1 << 53) + 1))
    case .overflowingCount: setFirst(.count, .literal("99999999999999999999999"))
    case .missingIDColumn: dropColumn(.id)
    case .missingCountColumn: dropColumn(.count)
    case .extraColumns: addColumns()
    case .reorderedColumns:
      columns.reverse()
      rows = rows.map { $0.reversed() }
    case .duplicateRow: rows += rows.prefix(1)
    case .datedOutsideWindow: redate { $0.advanced(by: -10) }
    case .datedInFuture: redate { _ in today.advanced(by: 10) }
    case .restated(let percent): restate(percent)
    case .numbersAsStrings: style.numbersQuoted = true
    case .byteOrderMark: style.byteOrderMark = true
    case .carriageReturns: style.carriageReturns = true
    case .raggedLastRow: style.raggedLastRow = true
    case .errorTrailer: style.errorTrailer = true
    case .recordCountTooLarge(let excess): style.missingRows += excess
    default: break
    }
  }

  private func indices(_ role: Column.Role) -> [Int] {
    columns.indices.filter { columns[$0].role == role }
  }

  private mutating func setFirst(_ role: Column.Role, _ cell: Cell) {
    guard let column = indices(role).first, !rows.isEmpty else { return }
    rows[0][column] = cell
  }

  private mutating func dropColumn(_ role: Column.Role) {
    guard let column = indices(role).first else { return }
    columns.remove(at: column)
    for row in rows.indices { rows[row].remove(at: column) }
  }

  private mutating func addColumns() {
    columns.insert(Column("experimental_flag"), at: 0)
    columns.append(Column("notes"))
    rows = rows.map { [.flag(true)] + $0 + [.text("new, \"quoted\"\nand on two lines")] }
  }

  private mutating func redate(_ change: (Day) -> Day) {
    for column in indices(.date) {
      for row in rows.indices {
        guard case .text(let text) = rows[row][column], let day = Day(iso: text.prefix(10)) else { continue }
        rows[row][column] = .text(change(day).description + text.dropFirst(10))
      }
    }
  }

  private mutating func restate(_ percent: Int) {
    for column in indices(.count) {
      for row in rows.indices {
        switch rows[row][column] {
        case .integer(let count): rows[row][column] = .integer(count * Int64(percent) / 100)
        case .hundredths(let amount): rows[row][column] = .hundredths(amount * Int64(percent) / 100)
        case .micro(let micro): rows[row][column] = .micro(micro * Int64(percent) / 100)
        default: break
        }
      }
    }
  }
}
