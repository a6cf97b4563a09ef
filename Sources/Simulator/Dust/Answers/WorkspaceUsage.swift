import Foundation
import Usage

/// The answers of the deprecated `workspace-usage`: succeeded messages by UTC day, free of the newest tables' rules.
struct WorkspaceUsage {
  private static let nothing = "No data available for the selected period."

  let book: DustBook
  let query: WorkspaceUsageQuery
  /// Reads the same workspace as the newest tables.
  let tables: DustTables

  init(_ book: DustBook, _ options: DustOptions, _ query: WorkspaceUsageQuery, at now: Date) throws {
    self.book = book
    self.query = query
    let same = DustQuery(table: .messages, span: query.span, calendar: .utc, json: query.json)
    tables = DustTables(book, options, same, at: now)
  }

  func answer(_ faults: [Fault]) -> WireAnswer {
    var table = table()
    table.apply(faults, today: tables.today)
    if query.json {
      return WireAnswer(200, "application/json", table.json(.list(table.texts.objects)))
    }
    var answer = WireAnswer(200, "text/csv", table.rows.isEmpty ? Array(Self.nothing.utf8) : table.csv)
    let name = "\(query.table.rawValue).csv"
    answer.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
    return answer
  }

  private func table() -> Table {
    var table =
      switch query.table {
      case .users: users()
      case .assistantMessages: assistantMessages()
      case .builders: builders()
      case .assistants: assistants()
      case .feedback: feedback()
      }
    table.shapeAsAny(tables.options)
    return table
  }

  // MARK: Reading

  var directory: Directory { tables.directory }

  /// What succeeded, in the order of time.
  var messages: [(agent: Int, message: DustMessage)] {
    let (from, end) = tables.window
    var found: [(agent: Int, message: DustMessage)] = []
    book.forEachMessage(from: from, to: end, at: tables.now) { agent, message in
      if !message.failed { found.append((agent, message)) }
    }
    return found.sorted { left, right in
      (left.message.times.occurred, left.agent, left.message.serial)
        < (right.message.times.occurred, right.agent, right.message.serial)
    }
  }

  /// The window of tables that compare with raw instants, in milliseconds since 1970.
  var rawWindow: (from: Int64, end: Int64) {
    let (from, end) = tables.window
    return (from, query.endsWithNamedDay ? end - Millis.day : end)
  }

  func person(_ index: UInt16) -> Directory.Person? {
    index == DustMessage.none ? nil : directory.people[Int(index)]
  }
}

extension Table {
  /// The same with nothing but strings, as of a CSV that was read again.
  fileprivate var texts: Table {
    var table = self
    table.rows = rows.map { row in
      row.map { cell in
        if case .bytes = cell { return cell }
        var bytes: [UInt8] = []
        switch cell {
        case .text: return cell
        case .null: return .text("")
        default: cell.writeJSON(into: &bytes)
        }
        return .text(String(decoding: bytes, as: UTF8.self))
      }
    }
    return table
  }
}
