import Dashboards

/// Lines, steps or bars over the board's range.
struct ChartBuilder {
  fileprivate struct Item {
    let name: String
    let values: [Double?]
    let color: String
    let settings: FieldSettings
  }

  private let panel: Board.Panel
  private let span: TimeSpan
  private let width: Double
  private let height: Double
  private let times: [Double]
  private let items: [Item]

  init(
    _ panel: Board.Panel, _ answers: [PanelAnswer], over span: TimeSpan, width: Double, height: Double
  ) throws(ExecutionFault) {
    guard let query = answers.first?.query, answers.allSatisfy({ $0.query.step == query.step && !$0.query.isInstant })
    else { throw ExecutionFault("\(panel.title): queries with different steps are not drawn in one panel") }
    let count = Int((query.span.seconds / query.step).rounded()) + 1
    let times = (0..<count).map { query.span.start + Double($0) * query.step }
    let found = answers.flatMap { answer in answer.series.map { (answer.target, $0) } }
    items = found.enumerated().map { index, found in
      let (target, series) = found
      let name = series.name(target.legendFormat)
      var values: [Double?] = Array(repeating: nil, count: count)
      for sample in series.samples where sample.value.isFinite {
        let place = Int(((sample.time - query.span.start) / query.step).rounded())
        if values.indices.contains(place) { values[place] = sample.value }
      }
      return Item(
        name: name, values: values, color: Palette.series(index),
        settings: FieldSettings(panel, name: name, reference: target.refId, now: span.end))
    }
    (self.panel, self.span, self.width, self.height, self.times) = (panel, span, width, height, times)
  }

  func body(marks: [ChartBody.Mark]) throws(ExecutionFault) -> ChartBody {
    let lines = self.lines
    let settings = FieldSettings(panel, name: nil, reference: nil, now: span.end)
    let limits = limits(settings)
    let axis = try axis(of: lines.flatMap(\.values).compactMap(\.self), settings)
    return ChartBody(
      times: times, lines: lines, from: span.start, to: span.end, bottom: axis.bottom, top: axis.top,
      xTicks: Axis.time(span, width: width * 0.6), yTicks: axis.ticks,
      limits: limits.filter { $0.at >= axis.bottom && $0.at <= axis.top }, marks: marks, legend: try legend(settings))
  }

  private func axis(of values: [Double], _ settings: FieldSettings) throws(ExecutionFault) -> Axis {
    // Ticks have as many decimals as they need, whatever the values have.
    let text = try ValueText(unit: settings.unit, decimals: settings.unit == "percentunit" ? 1 : nil, now: span.end)
    return Axis(
      of: values, settings["min"].number, settings["max"].number, height: height - 80,
      binary: settings.unit == "bytes", whole: settings.unit == "locale" && settings["decimals"].number == 0, text: text
    )
  }

  private func limits(_ settings: FieldSettings) -> [ChartBody.Limit] {
    guard settings["custom.thresholdsStyle.mode"].string ?? "off" != "off" else { return [] }
    return settings["thresholds"]["steps"].elements.compactMap { step in
      step["value"].number.map { ChartBody.Limit(at: $0, color: Palette.color(step["color"].string ?? "text")) }
    }
  }

  private var lines: [ChartBody.Line] {
    var ground = [Double](repeating: 0, count: times.count)
    return items.map { item in
      let isBar = item.settings["custom.drawStyle"].string == "bars"
      var values = item.values
      if item.settings["custom.stacking"]["mode"].string == "normal" {
        for place in values.indices {
          guard let value = values[place] else { continue }
          ground[place] += value
          values[place] = ground[place]
        }
      }
      let isStep = item.settings["custom.lineInterpolation"].string == "stepAfter"
      return ChartBody.Line(
        color: item.color, values: values, style: isBar ? .bars : isStep ? .step : .line,
        isDashed: item.isDashed, fill: (item.settings["custom.fillOpacity"].number ?? 0) / 100,
        width: item.settings["custom.lineWidth"].number ?? 1)
    }
  }

  private func legend(_ settings: FieldSettings) throws(ExecutionFault) -> ChartBody.Legend {
    let options = panel.options?["legend"] ?? .null
    let names = options["calcs"].elements.compactMap(\.string)
    let calculations = names.compactMap(Calculation.init)
    guard calculations.count == names.count, options["displayMode"].string == "table" else {
      throw ExecutionFault("\(panel.title): the legend \(names) is not supported")
    }
    let sorting = calculations.first { $0.title == options["sortBy"].string }
    let sorted = items.sorted { left, right in
      guard let sorting else { return false }
      let (left, right) = (sorting(left.finite) ?? -.infinity, sorting(right.finite) ?? -.infinity)
      return options["sortDesc"].isTrue ? left > right : left < right
    }
    let rows = try sorted.map { item throws(ExecutionFault) in
      let format = try item.settings.format()
      return ChartBody.Legend.Row(
        name: item.name, color: item.color, isDashed: item.isDashed,
        values: calculations.map { $0(item.finite).map { format($0) } ?? "" })
    }
    return ChartBody.Legend(
      calculations: calculations.map(\.title), rows: rows, isRight: options["placement"].string == "right")
  }
}

extension ChartBuilder.Item {
  fileprivate var finite: [Double] { values.compactMap(\.self) }

  fileprivate var isDashed: Bool { settings["custom.lineStyle"]["fill"].string == "dash" }
}
