import Ledger
import Usage

extension Model {
  /// Adds up what the answers said last of each day of a week, if none of its days up to the newest is missing.
  mutating func sum(_ week: PeriodWindow) {
    let days = read.compactMap(\.day).filter { $0.firstOfWeek == week.start }
    guard let newest = days.max() else { return }
    var sums: [SeriesKey: Int64] = [:]
    var day = week.start
    while day <= newest {
      if !days.contains(day), mutation != .sumsDespiteGaps { return }
      for (key, value) in latest[.day(day)] ?? [:] where days.contains(day) {
        sums[key, default: 0] += mutation == .sumsWhatWasCounted ? highest(key, on: day) : value
      }
      day = day.advanced(by: 1)
    }
    gauges.set(week, sums)
  }

  private func highest(_ key: SeriesKey, on day: Day) -> Int64 {
    sightings[key]?[.day(day)]?.map(\.amount).max() ?? 0
  }
}
