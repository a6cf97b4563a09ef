/// Eight weeks of a company's life: six of them quiet, the last two evaluated.
package struct Season: Sendable, Hashable {
  package static let days = 56
  /// Days before the evaluated ones.
  package static let quietDays = 42
  /// Seconds between two scrapes, and the grain of the usage.
  package static let step = 300
  static let stepsADay = 86_400 / step
  static let steps = days * stepsADay

  let name: String
  /// A Monday, 00:00 UTC, in Unix seconds.
  package let start: Int
  /// When the clocks of Berlin change, in Unix seconds.
  let clockChange: Int
  /// Seconds by which Berlin is ahead of UTC before and after.
  let offsets: (before: Int, after: Int)

  package static func == (left: Season, right: Season) -> Bool { left.start == right.start }
  package func hash(into hasher: inout Hasher) { hasher.combine(start) }

  /// 21 September to 15 November 2026: the clocks go back before the evaluated weeks, on day 34.
  package static let spikes = Season(
    name: "spikes", start: 1_789_948_800, clockChange: 1_792_890_000, offsets: (7200, 3600))
  /// 8 September to 2 November 2025: the clocks go back on day 48, and October ends on day 53.
  static let autumn = Season(
    name: "autumn", start: 1_757_289_600, clockChange: 1_761_440_400, offsets: (7200, 3600))
  /// 9 February to 5 April 2026: the clocks go forward on day 48, and March ends on day 50.
  static let spring = Season(
    name: "spring", start: 1_770_595_200, clockChange: 1_774_746_000, offsets: (3600, 7200))

  package var evaluated: Range<Int> { start + Self.quietDays * 86_400..<end - 600 }
  package var end: Int { start + Self.days * 86_400 }

  func time(ofStep step: Int) -> Int { start + step * Self.step }

  /// The weekday (0 is Monday), the hour of the day and the day of the season in Berlin.
  func local(_ step: Int) -> (weekday: Int, hour: Double, day: Int) {
    let time = time(ofStep: step)
    let local = time + (time < clockChange ? offsets.before : offsets.after)
    let day = local / 86_400
    return ((day + 3) % 7, Double(local % 86_400) / 3600, day - start / 86_400)
  }
}
