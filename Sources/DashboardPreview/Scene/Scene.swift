import Dashboards

/// A board as it is drawn: all texts, colours and places decided, so that the page has nothing left to compute.
struct Scene: Encodable {
  let title: String
  let variables: [Chosen]
  /// The board's range in words.
  let range: String
  let panels: [Panel]
  let width = 1600
  let height: Int
  let footer = "Drawn from the dashboard's JSON with a Prometheus' answers. Not a screenshot of Grafana."

  /// Pixels between panels, and at the sides of the grid.
  static let gap = 8
  static let margin = 16
  static let headHeight = 56
  static let footHeight = 32
  static let rowHeight = 30
  static let gridWidth = 1600 - 2 * margin

  struct Chosen: Encodable {
    let label: String
    let text: String
  }

  /// Its frame is in pixels, from the grid's top left corner.
  struct Panel: Encodable {
    let title: String
    let x: Double
    let y: Double
    let width: Double
    let height: Double
    let body: Body
  }

  enum Body: Encodable {
    /// Of a row of panels.
    case headline
    /// No data, and the words for it.
    case empty(text: String)
    case stat(values: [Value])
    case gauge(bars: [Bar])
    case table(TableBody)
    case chart(ChartBody)
  }

  struct Value: Encodable {
    /// Empty where there is but one.
    let name: String
    let text: String
    let color: String
  }

  struct Bar: Encodable {
    let name: String
    let text: String
    let color: String
    /// 0 to 1.
    let share: Double
  }
}

/// The rows of a table that fit.
struct TableBody: Encodable {
  struct Column: Encodable {
    let title: String
    let isNumeric: Bool
  }

  struct Cell: Encodable {
    let text: String
    /// Nil for that of other text.
    let color: String?
  }

  let columns: [Column]
  let rows: [[Cell]]
  /// How many there are beside those; shown as "1 - 10 of 34 rows".
  let total: Int
}
