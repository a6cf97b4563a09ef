/// A stream of numbers that is the same on every machine: splitmix64, and arithmetic that IEEE 754 fixes to the bit.
///
/// `exp` and `log` of the C library differ in the last place between machines, so they are not used.
struct Randomness: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A generator of its own for a stream of events on a day.
  init(seed: UInt64, stream: UInt64, day: Int) {
    var mixer = Randomness(seed: seed)
    mixer.state ^= mixer.next() &+ stream
    mixer.state ^= mixer.next() &+ UInt64(bitPattern: Int64(day))
    state = mixer.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Evenly from `0..<bound`; 0 for a bound below 1.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Evenly from `0..<1`.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  mutating func chance(perMille: Int) -> Bool {
    below(1000) < perMille
  }

  /// Nearly standard normal: the sum of twelve even draws, less six.
  mutating func normal() -> Double {
    var sum = 0
    for _ in 0..<3 {
      let draw = next()
      for shift in [UInt64(0), 16, 32, 48] { sum += Int((draw >> shift) & 0xFFFF) }
    }
    return Double(sum) / 65_536 - 6
  }

  /// Log-normal with the given median; `spread` is the standard deviation of its logarithm.
  mutating func logNormal(median: Double, spread: Double) -> Double {
    median * Self.exponential(normal() * spread)
  }

  /// e to the power of `x`, the same bits everywhere, for |x| < 700.
  static func exponential(_ x: Double) -> Double {
    let ln2 = 0.693_147_180_559_945_3
    let power = (x / ln2).rounded(.toNearestOrEven)
    let rest = x - power * ln2
    var sum = 1.0
    for term in stride(from: 14.0, through: 1, by: -1) { sum = 1 + rest / term * sum }
    return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
  }
}
