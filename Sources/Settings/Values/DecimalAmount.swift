package import Usage

/// Amounts of a measure, exact to its scale: no floating point in between.
package enum DecimalAmount {
  package enum Fault: Error {
    case negative
    case notANumber
    /// More decimals than the measure is counted in.
    case tooFine
    /// Beyond what a Prometheus sample shows exactly.
    case tooLarge
  }

  /// Reads `50000` or `1250.5` into stored units of `scale`. Decimals that are 0 do no harm.
  package static func parse(_ text: String, _ scale: Measure.Scale) throws(Fault) -> Int64 {
    if text.hasPrefix("-") { throw .negative }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, parts.last?.isEmpty == false,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { throw .notANumber }
    let places = scale == .micro ? 6 : 0
    var decimals = parts.count == 2 ? parts[1] : ""
    while decimals.hasSuffix("0") { decimals.removeLast() }
    guard decimals.count <= places else { throw .tooFine }
    let digits = whole.drop { $0 == "0" } + decimals + String(repeating: "0", count: places - decimals.count)
    guard !digits.isEmpty else { return 0 }
    guard let amount = Int64(digits), amount <= Quantity.limit else { throw .tooLarge }
    return amount
  }

  /// The shortest text that ``parse(_:_:)`` reads as `amount`.
  package static func format(_ amount: Int64, _ scale: Measure.Scale) -> String {
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: scale.rawValue)
    guard rest != 0 else { return String(whole) }
    // A leading 1 keeps the zeros after the point.
    var decimals = String(rest + scale.rawValue).dropFirst()
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(whole).\(decimals)"
  }
}
