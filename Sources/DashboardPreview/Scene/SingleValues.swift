import Dashboards

/// The panels that make one value of each series.
struct SingleValues {
  private struct Item {
    let name: String
    let value: Double
    let settings: FieldSettings
  }

  private let items: [Item]

  init(_ panel: Board.Panel, _ answers: [PanelAnswer], now: Double) throws(ExecutionFault) {
    let calculations = panel.options?["reduceOptions"]["calcs"].elements.compactMap(\.string) ?? []
    guard let calculation = calculations.first.flatMap(Calculation.init), calculations.count == 1 else {
      throw ExecutionFault("\(panel.title): the calculation \(calculations) is not supported")
    }
    items = answers.flatMap { answer in
      answer.series.compactMap { series in
        guard let value = calculation(series.samples.map(\.value)) else { return nil }
        let name = series.name(answer.target.legendFormat)
        return Item(
          name: name, value: value,
          settings: FieldSettings(panel, name: name, reference: answer.target.refId, now: now))
      }
    }
  }

  var values: [Scene.Value] {
    get throws(ExecutionFault) {
      try items.map { item throws(ExecutionFault) in
        let shown = try item.settings.shown(item.value)
        return Scene.Value(name: items.count > 1 ? item.name : "", text: shown.text, color: shown.color)
      }
    }
  }

  /// Each as long as its share of the way from the least to the greatest value, where the panel does not say from and to
  /// what.
  var bars: [Scene.Bar] {
    get throws(ExecutionFault) {
      let all = items.map(\.value)
      return try items.map { item throws(ExecutionFault) in
        let shown = try item.settings.shown(item.value)
        let low = item.settings["min"].number ?? all.min() ?? 0
        let high = item.settings["max"].number ?? all.max() ?? 1
        let share = high > low ? (item.value - low) / (high - low) : 1
        return Scene.Bar(
          name: item.name, text: shown.text, color: shown.color == Palette.text ? Palette.series(5) : shown.color,
          share: min(1, max(0, share)))
      }
    }
  }
}
