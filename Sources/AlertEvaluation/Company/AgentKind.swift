/// When an agent is used.
package enum AgentKind: String, Sendable, Hashable {
  /// Working days from nine to five, little at weekends.
  case business
  /// All week, less at night.
  case alwaysOn
  /// Every Monday morning a job, beside light use on working days.
  case weeklyBatch
  /// As business, but a few uses a day at most.
  case tiny

  /// Relative use in each step of a season; the mean working day adds up to 1.
  func shape(in season: Season, holiday: Int?, using randomness: inout Randomness) -> [Double] {
    let weekend = weekend(using: &randomness)
    let batch = randomness.uniform(3...6)
    var light = (0..<Season.steps).map { step -> Double in
      let (weekday, hour, day) = season.local(step)
      let share = curve(hour) * (weekday < 5 ? 1 : weekend)
      return observesHolidays && day == holiday ? share * 0.12 : share
    }
    if self == .weeklyBatch { addBatch(to: &light, times: batch, in: season) }
    let working = Self.meanWorkingDay(of: light, in: season)
    return light.map { $0 / working }
  }

  private var observesHolidays: Bool { self == .business || self == .tiny }

  private func weekend(using randomness: inout Randomness) -> Double {
    switch self {
    case .business, .tiny: randomness.uniform(0.03...0.2)
    case .alwaysOn: randomness.uniform(0.6...0.95)
    case .weeklyBatch: 0.1
    }
  }

  private func curve(_ hour: Double) -> Double {
    switch self {
    case .business, .tiny: Elementary.bell((hour - 10.5) / 2.2) + 0.9 * Elementary.bell((hour - 15) / 2.4) + 0.01
    case .alwaysOn: 0.35 + 0.65 * Elementary.bell((hour - 14) / 5.5)
    case .weeklyBatch: Elementary.bell((hour - 11) / 3) + 0.01
    }
  }

  /// On Mondays from six to eight, `times` an ordinary working day's usage.
  private func addBatch(to shape: inout [Double], times: Double, in season: Season) {
    let height = Self.meanWorkingDay(of: shape, in: season) / 24 * times
    for step in shape.indices {
      let (weekday, hour, _) = season.local(step)
      if weekday == 0, hour >= 6, hour < 8 { shape[step] += height }
    }
  }

  private static func meanWorkingDay(of shape: [Double], in season: Season) -> Double {
    let working = shape.indices.filter { season.local($0).weekday < 5 }
    return working.reduce(0) { $0 + shape[$1] } / (Double(working.count) / Double(Season.stepsADay))
  }
}
