/// What a legend or a number makes of the values of a series.
package enum Calculation: String, Sendable {
  case sum, mean, min, max, lastNotNull

  /// As Grafana heads the column.
  package var title: String {
    switch self {
    case .sum: "Total"
    case .mean: "Mean"
    case .min: "Min"
    case .max: "Max"
    case .lastNotNull: "Last *"
    }
  }

  /// - Returns: nil if there is no value.
  package func callAsFunction(_ values: [Double]) -> Double? {
    let values = values.filter(\.isFinite)
    guard let last = values.last else { return nil }
    switch self {
    case .sum: return values.reduce(0, +)
    case .mean: return values.reduce(0, +) / Double(values.count)
    case .min: return values.min()
    case .max: return values.max()
    case .lastNotNull: return last
    }
  }
}

extension QueriedSeries {
  /// `legendFormat` with the labels put in; the labels themselves where there is none.
  package func name(_ format: String?) -> String {
    guard let format, !format.isEmpty else {
      let labels = labels.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }
      return labels.isEmpty ? "Value" : labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ")
    }
    return format.replacing(/\{\{\s*(\w+)\s*\}\}/) { labels[String($0.1)] ?? "" }
  }
}
