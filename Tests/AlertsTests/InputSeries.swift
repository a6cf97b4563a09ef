/// A series that a scene begins with, in promtool's notation.
struct InputSeries: Codable, Sendable {
  let series: String
  let values: String

  init(_ series: String, _ values: String) {
    self.series = series
    self.values = values
  }

  /// - Parameter value: the sample of each step, nil for none.
  init(_ series: String, steps: Int, _ value: (Int) -> Double?) {
    self.init(series, Self.runs((0..<steps).map(value)))
  }

  /// Writes samples as runs: `a+bxn` is n steps of b after a, `_xn` is n samples that are missing.
  private static func runs(_ samples: [Double?]) -> String {
    var parts: [String] = []
    var start = samples.startIndex
    while start < samples.endIndex {
      var end = start + 1
      if let first = samples[start] {
        let step = end < samples.endIndex ? samples[end].map { $0 - first } : nil
        // Sums of fractions drift; whole steps do not.
        if let step, step == step.rounded() {
          while end < samples.endIndex, let sample = samples[end], sample == first + step * Double(end - start) {
            end += 1
          }
        }
        parts.append(end - start == 1 ? text(first) : "\(text(first))+\(text(step ?? 0))x\(end - start - 1)")
      } else {
        while end < samples.endIndex, samples[end] == nil { end += 1 }
        parts.append("_x\(end - start)")
      }
      start = end
    }
    return parts.joined(separator: " ").replacing("+-", with: "-")
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
