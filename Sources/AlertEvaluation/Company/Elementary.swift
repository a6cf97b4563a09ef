/// `exp` and `log` with the same bits everywhere; those of the C library differ in the last place between machines.
package enum Elementary {
  private static let ln2 = 0.693_147_180_559_945_3

  /// e to the power of `x`, for |x| < 700.
  package static func exponential(_ x: Double) -> Double {
    let power = (x / ln2).rounded(.toNearestOrEven)
    let rest = x - power * ln2
    var sum = 1.0
    for term in stride(from: 14.0, through: 1, by: -1) { sum = 1 + rest / term * sum }
    return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
  }

  /// The natural logarithm of a normal number above 0.
  package static func logarithm(_ x: Double) -> Double {
    var mantissa = x.significand
    var power = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa /= 2
      power += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for term in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / term }
    return power * ln2 + 2 * ratio * sum
  }

  static func power(_ base: Double, _ exponent: Double) -> Double {
    exponential(exponent * logarithm(base))
  }

  /// The bell curve around 0, 1 at its top.
  static func bell(_ distance: Double) -> Double {
    exponential(-min(distance * distance, 600))
  }
}
