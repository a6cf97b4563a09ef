/// Columns of text, as wide as their widest cell.
struct TextTable: Sendable {
  struct Cell: Sendable {
    let text: String
    var severity: Severity?
  }

  private let header: [String]
  /// The columns whose cells are numbers.
  private let right: Set<Int>
  private var rows: [[Cell]] = []

  init(_ header: [String], right: Set<Int>) {
    self.header = header
    self.right = right
  }

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// - Parameter style: colours of cells that have a severity.
  func lines(_ style: TextStyle) -> [String] {
    let table = [header.map { Cell(text: $0) }] + rows
    let widths = header.indices.map { column in table.map { $0[column].text.count }.max() ?? 0 }
    return table.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.text.count)
        let text = cell.severity.map { style.paint(cell.text, $0) } ?? cell.text
        let isLast = column == row.count - 1
        line += right.contains(column) ? padding + text : text + (isLast ? "" : padding)
        if !isLast { line += "  " }
      }
      return line
    }
  }
}

/// Whether there are colours.
package struct TextStyle: Sendable {
  private let isColoured: Bool

  package static let plain = TextStyle(isColoured: false)
  package static let coloured = TextStyle(isColoured: true)

  /// Colours on a terminal only, and not if `NO_COLOR` says anything (https://no-color.org).
  package init(isTerminal: Bool, environment: [String: String]) {
    isColoured = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  private init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  /// ANSI's green, yellow and red.
  func paint(_ text: String, _ severity: Severity) -> String {
    guard isColoured else { return text }
    let colour =
      switch severity {
      case .ok: 32
      case .warning: 33
      case .error: 31
      }
    return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }
}
