/// A stream of numbers that is the same on every machine: splitmix64, and arithmetic that IEEE 754 fixes to the bit.
package struct Randomness: Sendable {
  private var state: UInt64
  private var spare: Double?

  /// A generator of its own for each `stream` of a seed.
  package init(seed: UInt64, stream: UInt64) {
    state = seed
    state ^= next() &+ stream
    state = next()
  }

  package mutating func next() -> UInt64 {
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
  package mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// `count` different numbers from `0..<bound`, in random order.
  package mutating func choose(_ count: Int, below bound: Int) -> [Int] {
    var pool = Array(0..<bound)
    for index in 0..<min(count, bound) { pool.swapAt(index, index + below(bound - index)) }
    return Array(pool.prefix(count))
  }
}

// MARK: - Distributions

extension Randomness {
  /// Standard normal (Marsaglia's polar method).
  package mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    while true {
      let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * Elementary.logarithm(square) / square).squareRoot()
      spare = y * factor
      return x * factor
    }
  }

  /// Gamma with mean 1 and variance 1 / `shape`, for a shape of at least 1 (Marsaglia and Tsang, 2000).
  package mutating func gamma(shape: Double) -> Double {
    let base = shape - 1 / 3.0
    let scale = 1 / (9 * base).squareRoot()
    while true {
      let x = normal()
      let root = 1 + scale * x
      guard root > 0 else { continue }
      let cube = root * root * root
      let limit = 0.5 * x * x + base * (1 - cube + Elementary.logarithm(cube))
      if Elementary.logarithm(1 - unit()) < limit { return base * cube / shape }
    }
  }

  /// Poisson (Knuth's product of even draws), a large mean in parts whose exponential does not vanish.
  package mutating func poisson(mean: Double) -> Int {
    var count = 0
    var rest = mean
    while rest > 0 {
      let part = min(rest, 16)
      rest -= part
      let limit = Elementary.exponential(-part)
      var product = unit()
      while product > limit {
        count += 1
        product *= unit()
      }
    }
    return count
  }
}
