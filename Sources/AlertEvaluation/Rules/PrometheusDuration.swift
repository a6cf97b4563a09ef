/// Durations as Prometheus writes them, "1h30m".
package enum PrometheusDuration {
  private static let units: [(name: String, seconds: Int)] = [
    ("ms", 0), ("y", 365 * 86_400), ("w", 7 * 86_400), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// - Returns: whole seconds; nil if `text` is no duration.
  package static func seconds(_ text: some StringProtocol) -> Int? {
    var rest = Substring(text)
    guard !rest.isEmpty else { return nil }
    var sum = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      rest = rest.dropFirst(unit.name.count)
      sum += unit.name == "ms" ? number / 1000 : number * unit.seconds
    }
    return sum
  }
}
