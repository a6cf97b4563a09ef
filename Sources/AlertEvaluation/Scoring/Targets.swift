/// What a severity's alerts must reach.
package struct Target: Sendable, Hashable {
  package let severity: String
  /// Per cent of the spikes that must be detected, at least.
  package let detected: Double
  /// False alarms in a week of 50 agents, at most.
  package let falseAlarms: Double

  /// - Parameter text: "info:95:5".
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":")
    guard parts.count == 3, let detected = Double(parts[1]), let falseAlarms = Double(parts[2]) else { return nil }
    severity = String(parts[0])
    self.detected = detected
    self.falseAlarms = falseAlarms
  }

  /// - Returns: what is amiss with a score of this severity.
  package func failures(of score: Score) -> [String] {
    guard score.severity == severity else { return [] }
    let title = "\(score.publication), \(severity)"
    var failures: [String] = []
    if score.percent < detected {
      failures.append("\(title): detects \(score.percent.rounded(to: 1)) %, not \(detected) %")
    }
    if score.falseAlarms > falseAlarms {
      failures.append("\(title): \(score.falseAlarms.rounded(to: 2)) false alarms a week, more than \(falseAlarms)")
    }
    return failures
  }
}

extension Double {
  /// Decimal, with a fixed number of fraction digits.
  func rounded(to digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((magnitude * scale).rounded())
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % Int(scale))
    return "\(sign)\(scaled / Int(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}
