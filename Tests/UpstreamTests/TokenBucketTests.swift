import Foundation
import Testing
import Upstream

/// "The token bucket starts full with `requests_per_minute` tokens and refills evenly."
@Suite struct TokenBucketTests {
  private static let start = Date(timeIntervalSince1970: 1_795_093_631)

  private static func at(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

  @Test(arguments: [1, 2, 30, 60, 600]) func startsFull(_ perMinute: Int) {
    var bucket = TokenBucket(perMinute: perMinute, at: Self.start)
    for _ in 0..<perMinute { #expect(bucket.take(at: Self.start) == nil) }
    #expect(bucket.take(at: Self.start) != nil)
  }

  @Test func savesUpNoMoreThanTheBurst() {
    var bucket = TokenBucket(perMinute: 50, burst: 1, at: Self.start)
    #expect(bucket.take(at: Self.start) == nil)
    let next = bucket.take(at: Self.start) ?? .distantPast
    #expect(abs(next.timeIntervalSince(Self.at(1.2))) < 1e-6)
    // A minute of rest is worth one request too.
    #expect(bucket.take(at: Self.at(60)) == nil)
    #expect(bucket.take(at: Self.at(60)) != nil)
  }

  @Test func refillsEvenly() {
    var bucket = TokenBucket(perMinute: 30, at: Self.start)
    for _ in 0..<30 { _ = bucket.take(at: Self.start) }
    for second in [2.0, 4, 6, 8] {
      let next = bucket.take(at: Self.at(second - 2)) ?? .distantPast
      #expect(abs(next.timeIntervalSince(Self.at(second))) < 1e-6)
      #expect(bucket.take(at: Self.at(second - 0.01)) != nil)
      #expect(bucket.take(at: Self.at(second)) == nil)
    }
  }

  /// The instant it names is one at which there is a token.
  @Test func theNextTokenIsThereWhenPromised() {
    var bucket = TokenBucket(perMinute: 7, at: Self.start)
    var now = Self.start
    for _ in 0..<200 {
      if let next = bucket.take(at: now) {
        now = next
        #expect(bucket.take(at: now) == nil)
      }
    }
  }

  @Test func holdsNoMoreThanAMinute() {
    var bucket = TokenBucket(perMinute: 3, at: Self.start)
    for _ in 0..<3 { #expect(bucket.take(at: Self.at(86_400)) == nil) }
    #expect(bucket.take(at: Self.at(86_400)) != nil)
  }

  @Test func aClockSetBackGivesNothingAndTakesNothing() {
    var bucket = TokenBucket(perMinute: 2, at: Self.start)
    #expect(bucket.take(at: Self.at(-3600)) == nil)
    #expect(bucket.take(at: Self.at(-3600)) == nil)
    #expect(bucket.take(at: Self.at(-3600)) == Self.at(-3570))
    #expect(bucket.take(at: Self.at(-3570)) == nil)
  }

  @Test(arguments: [0, -5, Int.min]) func nonsenseIsOneAMinute(_ perMinute: Int) {
    var bucket = TokenBucket(perMinute: perMinute, at: Self.start)
    #expect(bucket.take(at: Self.start) == nil)
    #expect(bucket.take(at: Self.start) == Self.at(60))
  }

  /// Against exact arithmetic: hundredths of tokens that refill by the hundredth of a second.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func agreesWithWholeNumbers(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func random(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    let perMinute = 1 + random(90)
    var bucket = TokenBucket(perMinute: perMinute, at: Self.start)
    // In 6000ths: a hundredth of a second brings `perMinute` of them, a request costs 6000.
    var level = perMinute * 6000
    var hundredths = 0
    for _ in 0..<400 {
      let step = random(200)
      hundredths += step
      level = min(perMinute * 6000, level + step * perMinute)
      let granted = bucket.take(at: Self.at(Double(hundredths) / 100)) == nil
      #expect(granted == (level >= 6000), "\(level) at \(hundredths)")
      if granted { level = max(0, level - 6000) }
    }
  }
}
