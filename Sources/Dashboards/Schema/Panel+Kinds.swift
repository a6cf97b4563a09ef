extension Panel {
  /// One large number, or one for each series.
  static func stat(
    _ title: String, _ description: String, _ targets: [Target], unit: Unit = .count, decimals: Int? = 0,
    thresholds: Thresholds = .neutral, width: Int = 4
  ) -> Panel {
    Panel(
      kind: .stat, title: title, description: description, targets: targets, unit: unit, decimals: decimals,
      thresholds: thresholds,
      options: [
        "reduceOptions": reduceToLast, "colorMode": "value", "graphMode": "none", "textMode": "auto",
        "justifyMode": "auto", "orientation": "auto", "wideLayout": true, "showPercentChange": false,
        "percentChangeColorMode": "standard",
      ], width: width, height: 4)
  }

  static func stat(
    _ title: String, _ description: String, _ expression: Expression, unit: Unit = .count, decimals: Int? = 0,
    thresholds: Thresholds = .neutral, width: Int = 4
  ) -> Panel {
    stat(
      title, description, [.instant(expression)], unit: unit, decimals: decimals, thresholds: thresholds,
      width: width)
  }

  /// A horizontal bar for each series, from 0.
  static func barGauge(
    _ title: String, _ description: String, _ targets: [Target], unit: Unit = .count, decimals: Int? = 0,
    thresholds: Thresholds = .neutral, width: Int = 8, height: Int = 8
  ) -> Panel {
    Panel(
      kind: .barGauge, title: title, description: description, targets: targets, unit: unit, decimals: decimals,
      minimum: 0, thresholds: thresholds,
      options: [
        "reduceOptions": reduceToLast, "displayMode": "basic", "orientation": "horizontal", "showUnfilled": true,
        "valueMode": "color", "namePlacement": "auto", "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
        "maxVizHeight": 300,
      ], width: width, height: height)
  }

  private static let reduceToLast: JSON = ["calcs": ["lastNotNull"], "fields": "", "values": false]

  /// Stacked bars, one for each full day.
  static func bars(
    _ title: String, _ description: String, _ targets: [Target], unit: Unit = .short, decimals: Int? = nil,
    width: Int = 12
  ) -> Panel {
    Panel(
      kind: .timeSeries, title: title,
      description: description + " One bar for each full day; the day under way has none yet.",
      targets: targets, unit: unit, decimals: decimals,
      custom: [
        "drawStyle": "bars", "barAlignment": -1, "fillOpacity": 80, "lineWidth": 0, "showPoints": "never",
        "stacking": ["mode": "normal", "group": "A"],
      ], options: timeSeriesOptions(calculation: "sum", sortedBy: "Total"), width: width, height: 8)
  }

  /// Steps, because a provider's figures stay as they are until it is asked again.
  static func lines(
    _ title: String, _ description: String, _ targets: [Target], unit: Unit = .short, decimals: Int? = nil,
    thresholds: Thresholds? = nil, width: Int = 12
  ) -> Panel {
    Panel(
      kind: .timeSeries, title: title, description: description, targets: targets, unit: unit, decimals: decimals,
      minimum: 0, thresholds: thresholds ?? .neutral,
      custom: [
        "drawStyle": "line", "lineInterpolation": "stepAfter", "lineWidth": 1, "fillOpacity": 8,
        "showPoints": "never", "spanNulls": false, "stacking": ["mode": "none", "group": "A"],
        "thresholdsStyle": ["mode": thresholds == nil ? "off" : "dashed"],
      ], options: timeSeriesOptions(calculation: "lastNotNull", sortedBy: "Last *"), width: width, height: 8)
  }

  private static func timeSeriesOptions(calculation: String, sortedBy column: String) -> JSON {
    [
      "legend": [
        "displayMode": "table", "placement": "right", "showLegend": true, "calcs": [.string(calculation)],
        "sortBy": .string(column), "sortDesc": true,
      ],
      "tooltip": ["mode": "multi", "sort": "desc"],
    ]
  }

  /// The same panel in so many rows of the grid.
  func tall(_ height: Int) -> Panel {
    var panel = self
    panel.height = height
    return panel
  }

  /// The same panel whose values lead somewhere.
  func linked(_ links: DataLink...) -> Panel {
    var panel = self
    panel.links = links
    return panel
  }

  /// The same panel with places to look next, in its head.
  func leading(to leads: DataLink...) -> Panel {
    var panel = self
    panel.leads = leads
    return panel
  }

  /// The same panel with colours for its values.
  func limited(_ thresholds: Thresholds) -> Panel {
    var panel = self
    panel.thresholds = thresholds
    return panel
  }

  /// The same panel, which may be empty for a reason that is not a fault.
  func empty(means reason: String) -> Panel {
    var panel = self
    panel.emptyReason = reason
    return panel
  }
}
