import AlertEvaluation
import Testing

/// The samplers' moments: seeded, so that a sampler is either right or wrong. Bounds are six standard errors.
@Suite struct RandomnessTests {
  private static let draws = 100_000

  private func moments(_ draw: (inout Randomness) -> Double) -> (mean: Double, variance: Double) {
    var randomness = Randomness(seed: 7, stream: 1)
    let values = (0..<Self.draws).map { _ in draw(&randomness) }
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }

  @Test func normalHasMeanZeroAndVarianceOne() {
    let (mean, variance) = moments { $0.normal() }
    #expect(abs(mean) < 0.019)
    #expect(abs(variance - 1) < 0.027)
  }

  @Test(arguments: [4.0, 8, 25, 200])
  func gammaHasMeanOneAndVarianceOneByShape(shape: Double) {
    let (mean, variance) = moments { $0.gamma(shape: shape) }
    #expect(abs(mean - 1) < 0.019 / shape.squareRoot())
    #expect(abs(variance * shape - 1) < 0.045)
  }

  @Test(arguments: [0.02, 0.7, 5, 15.9, 16.1, 300])
  func poissonHasMeanAndVarianceAlike(mean expected: Double) {
    let (mean, variance) = moments { Double($0.poisson(mean: expected)) }
    #expect(abs(mean / expected - 1) < 0.019 / expected.squareRoot())
    #expect(abs(variance / expected - 1) < 0.027 + 0.019 / expected.squareRoot())
  }

  @Test(arguments: [0.0, -1])
  func poissonOfNothingIsNothing(mean: Double) {
    var randomness = Randomness(seed: 7, stream: 1)
    #expect(randomness.poisson(mean: mean) == 0)
  }

  @Test func poissonOfASmallMeanHasItsProbabilities() {
    var randomness = Randomness(seed: 3, stream: 0)
    var counts = [0, 0, 0]
    for _ in 0..<Self.draws {
      let value = randomness.poisson(mean: 0.5)
      if value < 3 { counts[value] += 1 }
    }
    for (count, probability) in zip(counts, [0.60653, 0.30327, 0.07582]) {
      #expect(abs(Double(count) / Double(Self.draws) - probability) < 0.0095)
    }
  }

  @Test func chosenAreDifferentAndInBounds() {
    var randomness = Randomness(seed: 11, stream: 0)
    for _ in 0..<100 {
      let chosen = randomness.choose(20, below: 40)
      #expect(Set(chosen).count == 20)
      #expect(chosen.allSatisfy { (0..<40).contains($0) })
    }
    #expect(randomness.choose(5, below: 3).count == 3)
  }

  @Test func streamsOfASeedDiffer() {
    var first = Randomness(seed: 1, stream: 0)
    var second = Randomness(seed: 1, stream: 1)
    #expect(first.next() != second.next())
  }

  @Test func theFirstDrawsAreTheSameEverywhere() {
    var randomness = Randomness(seed: 501, stream: 0)
    #expect(
      (0..<3).map { _ in randomness.next() } == [
        9_157_848_144_776_904_897, 1_153_815_622_550_094_084, 6_671_817_760_535_247_661,
      ])
  }

  @Test(arguments: [(0.0, 1.0), (1, 2.718281828459045), (-3, 0.049787068367863944), (20, 485165195.4097903)])
  func exponential(_ x: Double, _ expected: Double) {
    #expect(abs(Elementary.exponential(x) / expected - 1) < 1e-14)
  }

  @Test(arguments: [(1.0, 0.0), (2.718281828459045, 1), (1e-17, -39.14394658089878), (4000, 8.294049640102028)])
  func logarithm(_ x: Double, _ expected: Double) {
    #expect(abs(Elementary.logarithm(x) - expected) < 1e-14 * max(1, abs(expected)))
  }
}
