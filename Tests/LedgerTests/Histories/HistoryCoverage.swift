/// What the histories went through, counted: a test that never meets a kill shows nothing about kills.
struct HistoryCoverage: Sendable, CustomStringConvertible {
  enum Event: String, Sendable, CaseIterable {
    case midnights, monthEnds, yearEnds, clockChanges, backwards
    case lateData, corrections, moves, folds, repeats, failedRounds, zoneChanges, growthOnly
    case lateHistory, lateMeasures, sums
    case kills, failedWrites, restarts, commits, scrapes, releases
  }

  private var counts: [Event: Int] = [:]

  subscript(_ event: Event) -> Int { counts[event] ?? 0 }

  mutating func count(_ event: Event, if happened: Bool = true) {
    if happened { counts[event, default: 0] += 1 }
  }

  mutating func merge(_ other: HistoryCoverage) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  var description: String { Event.allCases.map { "\($0.rawValue) \(self[$0])" }.joined(separator: ", ") }
}
