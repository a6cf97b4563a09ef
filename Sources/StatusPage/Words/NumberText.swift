import Foundation
import Usage

/// Numbers for the eye: thousands apart, no more digits than can be told at a glance.
enum NumberText {
  static func count(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude))
    let groups = digits.enumerated().map { offset, digit in
      offset > 0 && (digits.count - offset).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
    }
    return (number < 0 ? "−" : "") + groups.joined()
  }

  /// A number that a provider reported, which need not be whole.
  static func plain(_ number: Double) -> String {
    guard number.magnitude < 1e15 else { return number.isFinite ? "more than a quadrillion" : "no number" }
    return count(Int64(number.rounded(.down)))
  }

  /// - Parameter amount: in the stored units of `measure`.
  static func amount(_ amount: Int64, _ measure: Measure) -> String {
    let scale = measure.scale.rawValue
    guard scale > 1 else { return count(amount) }
    guard amount.magnitude < 1000 * UInt64(scale) else { return count(rounded(amount, scale)) }
    let hundredths = rounded(amount, scale / 100)
    let fraction = hundredths.magnitude % 100
    if fraction == 0 { return count(hundredths / 100) }
    return count(hundredths / 100) + "." + (fraction < 10 ? "0\(fraction)" : "\(fraction)")
  }

  private static func rounded(_ amount: Int64, _ unit: Int64) -> Int64 {
    let (quotient, remainder) = amount.quotientAndRemainder(dividingBy: unit)
    return 2 * remainder >= unit ? quotient + 1 : quotient
  }
}
