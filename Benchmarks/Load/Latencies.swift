import Usage

/// How long scrapes took.
struct Latencies: Sendable {
  private var durations: [Duration] = []
  private(set) var failures = 0
  /// The first few reasons.
  private(set) var causes: [String] = []

  var count: Int { durations.count + failures }

  mutating func add(_ duration: Duration) { durations.append(duration) }

  mutating func fail(_ error: any Error) {
    failures += 1
    if causes.count < 3 { causes.append("\(error)") }
  }

  mutating func add(_ other: Latencies) {
    durations += other.durations
    failures += other.failures
    causes = Array((causes + other.causes).prefix(3))
  }

  func quantile(_ share: Double) -> Duration {
    let sorted = durations.sorted()
    guard !sorted.isEmpty else { return .zero }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  func text(_ share: Double) -> String { "\((quantile(share).seconds * 1000).rounded()) ms" }
}
