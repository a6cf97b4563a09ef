import Tabular
import TestSupport
import Testing

struct DecimalTextTests {
  static let whole: [(String, DecimalText.Result)] = [
    ("0", .value(0)), ("12", .value(12)), ("007", .value(7)), ("+12", .value(12)), (" 12\t", .value(12)),
    ("12.0", .value(12)), ("12.", .value(12)), ("1e3", .value(1000)), ("1.5E3", .value(1500)), ("150e-1", .value(15)),
    ("-0", .value(0)), ("-0.0", .value(0)), ("0e999999999999999999999", .value(0)),
    ("9007199254740992", .value(1 << 53)), ("9007199254740993", .tooLarge), ("99999999999999999999", .tooLarge),
    ("1e999999999999999999999", .tooLarge),
    ("1e-1", .notANumber), ("1.5", .notANumber), ("1e-99999999999999", .notANumber),
    ("", .empty), ("  ", .empty), ("null", .empty), ("NULL", .empty), (" null ", .empty),
    ("-1", .negative), ("-1.5", .negative), ("-1e-99", .negative), ("-1e99", .negative),
    ("NaN", .notANumber), ("Infinity", .notANumber), ("-Infinity", .notANumber), ("inf", .notANumber),
    ("x", .notANumber), ("1x", .notANumber), ("1 2", .notANumber), ("1,000", .notANumber), ("0x10", .notANumber),
    ("+", .notANumber), ("-", .notANumber), (".", .notANumber), ("e5", .notANumber), ("1e", .notANumber),
    ("1e+", .notANumber), ("1e1.0", .notANumber), ("--1", .notANumber), ("+-1", .notANumber), ("1..2", .notANumber),
    ("１", .notANumber), ("1\0", .notANumber), ("true", .notANumber), ("nul", .notANumber), ("-null", .notANumber),
  ]

  @Test(arguments: whole)
  func wholeNumbers(_ text: String, _ result: DecimalText.Result) {
    #expect(DecimalText.parse(text, scale: 1) == result)
  }

  static let millionths: [(String, DecimalText.Result)] = [
    ("0.006145", .value(6145)), ("12", .value(12_000_000)), ("12.5", .value(12_500_000)), (".5", .value(500_000)),
    ("1.5E-3", .value(1500)), ("1e3", .value(1_000_000_000)), ("0.1e1", .value(1_000_000)),
    ("0.0000005", .value(0)), ("0.00000051", .value(1)), ("0.0000015", .value(2)), ("0.0000025", .value(2)),
    ("0.00000250000000000000000001", .value(3)), ("0.0000024999999999999999999", .value(2)),
    ("0.00000005", .value(0)), ("5e-7", .value(0)), ("5.1e-7", .value(1)),
    ("9e-8", .value(0)), ("0.9999999", .value(1_000_000)),
    ("9007199254.740992", .value(1 << 53)), ("9007199254.7409924", .value(1 << 53)),
    ("9007199254.740993", .tooLarge), ("9999999999.9999999", .tooLarge), ("1e10", .tooLarge),
    ("999999999", .value(999_999_999_000_000)),
    ("-0.0000001", .negative), ("", .empty), ("1.5.5", .notANumber),
    ("1" + String(repeating: "0", count: 400) + "e-400", .value(1_000_000)),
    ("0." + String(repeating: "0", count: 400) + "1e401", .value(1_000_000)),
  ]

  @Test(arguments: millionths)
  func sixDecimals(_ text: String, _ result: DecimalText.Result) {
    #expect(DecimalText.parse(text, scale: 1_000_000) == result)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func randomNumbersAgreeWithBigArithmetic(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let digits = random.next() >> UInt64.random(in: 0..<64, using: &random)
      let exponent = Int.random(in: -14...8, using: &random)
      for scale: Int64 in [1, 1_000_000] {
        let expected = oracle(digits, exponent, scale)
        #expect(DecimalText.parse("\(digits)e\(exponent)", scale: scale) == expected, "\(digits)e\(exponent)")
        let plain = shifted(String(digits), exponent)
        #expect(DecimalText.parse(plain, scale: scale) == expected, "\(plain)")
        #expect(DecimalText.parse("-" + plain, scale: scale) == (digits == 0 ? .value(0) : .negative))
      }
    }
  }

  /// `digits` × 10^`exponent` in 128 bits.
  private func oracle(_ digits: UInt64, _ exponent: Int, _ scale: Int64) -> DecimalText.Result {
    var numerator = Int128(digits) * Int128(scale)
    var denominator: Int128 = 1
    for _ in 0..<abs(exponent) {
      if exponent < 0 { denominator *= 10 } else { numerator *= 10 }
    }
    var (value, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    if scale == 1 && rest != 0 { return .notANumber }
    if rest * 2 > denominator || (rest * 2 == denominator && value % 2 == 1) { value += 1 }
    return value > 1 << 53 ? .tooLarge : .value(Int64(value))
  }

  /// The same number without an exponent.
  private func shifted(_ digits: String, _ exponent: Int) -> String {
    if exponent >= 0 { return digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
  }
}
