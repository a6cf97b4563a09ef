import Dashboards

/// Asks for what a board shows, and lays it out.
struct SceneBuilder {
  let run: BoardRun

  init(_ run: BoardRun) { self.run = run }

  /// - Throws: `ExecutionFault` for a query that fails, and for whatever the board has that is not drawn here.
  func scene() async throws(ExecutionFault) -> Scene {
    let marks = try await marks()
    var panels: [Scene.Panel] = []
    for panel in run.board.panels {
      let answers = try await run.answers(to: panel)
      panels.append(try placed(panel, answers, marks))
    }
    let bottom = panels.map { $0.y + $0.height }.max() ?? 0
    return Scene(
      title: run.board.title, variables: chosen, range: range, panels: panels,
      height: Int(bottom) + Scene.headHeight + Scene.footHeight)
  }

  private var chosen: [Scene.Chosen] {
    zip(run.board.variables, run.interpolation.entries).map { variable, entry in
      Scene.Chosen(label: variable.label ?? variable.name, text: entry.shown)
    }
  }

  private var range: String {
    let format = "yyyy-MM-dd HH:mm"
    return "\(Axis.clock(run.span.start, format)) to \(Axis.clock(run.span.end, format)) UTC"
  }

  private func placed(
    _ panel: Board.Panel, _ answers: [PanelAnswer], _ marks: [ChartBody.Mark]
  ) throws(ExecutionFault) -> Scene.Panel {
    let column = Double(Scene.gridWidth + Scene.gap) / Double(24)
    let row = Double(Scene.rowHeight + Scene.gap)
    let place = panel.gridPos
    let (width, height) = (Double(place.w) * column - Double(Scene.gap), Double(place.h) * row - Double(Scene.gap))
    return Scene.Panel(
      title: panel.title, x: Double(place.x) * column, y: Double(place.y) * row, width: width, height: height,
      body: try body(of: panel, answers, marks, width: width, height: height))
  }

  private func body(
    of panel: Board.Panel, _ answers: [PanelAnswer], _ marks: [ChartBody.Mark], width: Double, height: Double
  ) throws(ExecutionFault) -> Scene.Body {
    if panel.type == "row" { return .headline }
    let now = run.span.end
    guard answers.contains(where: { !$0.series.isEmpty }) else {
      return .empty(text: FieldSettings(panel, name: nil, reference: nil, now: now).noValue)
    }
    switch panel.type {
    case "stat": return .stat(values: try SingleValues(panel, answers, now: now).values)
    case "bargauge": return .gauge(bars: try SingleValues(panel, answers, now: now).bars)
    case "table": return .table(try TableBody(panel, answers, now: now, height: height))
    case "timeseries":
      return .chart(
        try ChartBuilder(panel, answers, over: run.span, width: width, height: height).body(marks: marks))
    default: throw ExecutionFault("\(panel.title): panels of the type \(panel.type) are not drawn")
    }
  }

  /// Moments that follow one another at the annotation's step are one mark.
  private func marks() async throws(ExecutionFault) -> [ChartBody.Mark] {
    var marks: [ChartBody.Mark] = []
    for annotation in run.board.queriedAnnotations {
      let step = annotation.step.flatMap(GrafanaDuration.parse) ?? 60
      for series in try await run.marks(of: annotation) {
        var times = series.samples.map(\.time)[...]
        while let first = times.popFirst() {
          var last = first
          while let next = times.first, next - last <= step * 1.5 {
            last = next
            times.removeFirst()
          }
          marks.append(ChartBody.Mark(from: first, to: last))
        }
      }
    }
    return marks
  }
}
