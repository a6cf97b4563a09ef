/// A time series panel; times are seconds since 1970.
struct ChartBody: Encodable {
  struct Line: Encodable {
    let color: String
    /// On the chart's times; stacked ones on top of those before them. Nil for a gap.
    let values: [Double?]
    let style: Style
    let isDashed: Bool
    /// 0 to 1.
    let fill: Double
    let width: Double
  }

  enum Style: String, Encodable {
    case line, step, bars
  }

  struct Tick: Encodable {
    let at: Double
    let text: String
  }

  struct Limit: Encodable {
    let at: Double
    let color: String
  }

  /// What an annotation marks.
  struct Mark: Encodable {
    let from: Double
    let to: Double
  }

  struct Legend: Encodable {
    struct Row: Encodable {
      let name: String
      let color: String
      let isDashed: Bool
      let values: [String]
    }

    /// The headings after the name's.
    let calculations: [String]
    let rows: [Row]
    let isRight: Bool
  }

  let times: [Double]
  let lines: [Line]
  let from: Double
  let to: Double
  let bottom: Double
  let top: Double
  let xTicks: [Tick]
  let yTicks: [Tick]
  let limits: [Limit]
  let marks: [Mark]
  let legend: Legend
}
