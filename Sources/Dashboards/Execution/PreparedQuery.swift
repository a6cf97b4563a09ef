/// A query of a panel, ready to be sent.
package struct PreparedQuery: Sendable, Equatable {
  package let expression: String
  /// Seconds between two values of a range query.
  package let step: Double
  package let isInstant: Bool
  /// Its ends on whole steps for a range query, as Grafana asks for it.
  package let span: TimeSpan

  /// Prometheus refuses more values of a series than this.
  private static let mostPoints: Double = 11_000

  init(expression: String, step: Double, isInstant: Bool, span: TimeSpan) {
    self.expression = expression
    self.step = step
    self.isInstant = isInstant
    self.span = isInstant ? span : span.floored(to: step)
  }

  /// - Parameters:
  ///   - scrapeInterval: seconds, as set in the data source.
  ///   - width: of the panel in pixels, which bounds the number of values where the panel does not.
  package init(
    _ target: Board.Target, of panel: Board.Panel, over span: TimeSpan, scrapeInterval: Double, width: Double,
    _ interpolation: Interpolation
  ) {
    let minimum = target.interval.flatMap(GrafanaDuration.parse)
    let natural = Interval.rounded(span.seconds / (panel.maxDataPoints ?? width))
    let panelInterval = panel.interval.flatMap(GrafanaDuration.parse) ?? scrapeInterval
    let interval = max(natural, minimum ?? max(natural, panelInterval))
    step = max(interval, Interval.rounded(span.seconds / Self.mostPoints))
    isInstant = target.isInstant
    let scrape = minimum ?? scrapeInterval
    let macros = Macros(
      interval: step, range: span.seconds, rate: max(max(natural, panelInterval) + scrape, 4 * scrape))
    expression = macros.expanded(interpolation(target.expr))
    self.span = isInstant ? span : span.floored(to: step)
  }
}

extension TimeSpan {
  fileprivate func floored(to step: Double) -> TimeSpan {
    TimeSpan(start: (start / step).rounded(.down) * step, end: (end / step).rounded(.down) * step)
  }
}

/// Grafana's own variables in a query, in seconds.
private struct Macros {
  let interval: Double
  let range: Double
  let rate: Double

  /// The longer names first, since the shorter ones are their beginnings.
  private var values: [(name: String, text: String)] {
    [
      ("rate_interval_ms", milliseconds(rate)), ("rate_interval", GrafanaDuration.text(rate)),
      ("interval_ms", milliseconds(interval)), ("interval", GrafanaDuration.text(interval)),
      ("range_ms", milliseconds(range)), ("range_s", "\(Int(range.rounded()))"),
      ("range", "\(Int(range.rounded()))s"),
    ]
  }

  func expanded(_ expression: String) -> String {
    values.reduce(expression) { text, macro in
      text.replacing("${__\(macro.name)}", with: macro.text).replacing("$__\(macro.name)", with: macro.text)
    }
  }

  private func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded()))" }
}
