/// A headline and the panels below it, from left to right.
struct Row: Sendable {
  let title: String
  let panels: [Panel]
  /// Where those panels lead that name no place of their own.
  let leads: [DataLink]

  init(_ title: String, _ panels: [Panel], leadingTo leads: DataLink...) {
    self.title = title
    self.panels = panels
    self.leads = leads
  }
}

/// Grafana's grid of 24 columns.
enum Grid {
  static let columns = 24

  /// The panels of the rows with their ids and places: each follows the one before it and begins a new line where it would not fit.
  static func placed(_ rows: [Row]) -> [JSON] {
    var placed: [JSON] = []
    var y = 0
    for row in rows {
      placed.append(headline(row.title, id: placed.count + 1, y: y))
      y += 1
      var x = 0
      var lineHeight = 0
      for panel in row.panels {
        if x + panel.width > columns { (x, y, lineHeight) = (0, y + lineHeight, 0) }
        placed.append(panel.json(id: placed.count + 1, x: x, y: y, leads: row.leads))
        x += panel.width
        lineHeight = max(lineHeight, panel.height)
      }
      y += lineHeight
    }
    return placed
  }

  static func position(x: Int, y: Int, width: Int, height: Int) -> JSON {
    ["x": .number(Double(x)), "y": .number(Double(y)), "w": .number(Double(width)), "h": .number(Double(height))]
  }

  private static func headline(_ title: String, id: Int, y: Int) -> JSON {
    [
      "id": .number(Double(id)),
      "type": "row",
      "title": .string(title),
      "collapsed": false,
      "gridPos": position(x: 0, y: y, width: columns, height: 1),
      "panels": [],
    ]
  }
}
