import Dashboards

extension TableBody {
  /// Pixels of a row, of the panel's title and of the count below rows of which not all fit.
  private static let rowHeight = 30.0
  private static let title = 40.0
  private static let count = 20.0

  init(_ panel: Board.Panel, _ answers: [PanelAnswer], now: Double, height: Double) throws(ExecutionFault) {
    let frame = try TableFrame(panel, answers)
    let settings = frame.columns.map { FieldSettings(panel, name: $0.title, reference: nil, now: now) }
    columns = zip(frame.columns, settings).map { column, settings in
      // Words stand to the left as text does, numbers to the right.
      Column(title: column.title, isNumeric: column.isNumeric && settings["mappings"].elements.isEmpty)
    }
    let all = Int((height - Self.title) / Self.rowHeight) - 1
    let some = Int((height - Self.title - Self.count) / Self.rowHeight) - 1
    rows = try frame.rows.prefix(frame.rows.count <= all ? all : max(1, some)).map { row throws(ExecutionFault) in
      try zip(row, settings).map { pair throws(ExecutionFault) in try Self.cell(pair.0, pair.1) }
    }
    total = frame.rows.count
  }

  private static func cell(_ cell: TableFrame.Cell?, _ settings: FieldSettings) throws(ExecutionFault) -> Cell {
    switch cell {
    case .number(let value):
      let shown = try settings.shown(value)
      return Cell(text: shown.text, color: settings.colorsText ? shown.color : nil)
    case .text(let text): return Cell(text: text, color: nil)
    case nil: return Cell(text: settings.noValue, color: nil)
    }
  }
}
