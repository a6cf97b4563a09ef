package import Usage

/// The tallies of days, in memory once they were worked out, for as long as windows of active users and restated days
/// reach back.
package struct TallyCache: Sendable {
  private static let daysOfUsers = 31
  static let daysOfSums = 40

  private var tallies: [Day: DayTally] = [:]
  /// The newest day of which an event is known: days are counted back from it.
  private var newest: Day?

  package init(newest: Day?) {
    self.newest = newest
  }

  /// The tally of a day, worked out by `load` if it is not at hand.
  package mutating func tally<Failure: Error>(
    of day: Day, withUsers: Bool, load: () throws(Failure) -> DayTally
  ) throws(Failure) -> DayTally {
    if let tally = tallies[day], !withUsers || tally.users != nil { return tally }
    let tally = try load()
    tallies[day] = retained(tally, of: day)
    return tally
  }

  /// Forgets days whose events have changed, and what has become too old as the newest day moved on.
  package mutating func forget(_ days: Set<Day>, newest day: Day) {
    for day in days { tallies[day] = nil }
    guard newest.map({ $0 < day }) ?? true else { return }
    newest = day
    for (day, tally) in tallies { tallies[day] = retained(tally, of: day) }
  }

  /// Days without events cost nothing to read, and there is no end of them.
  private func retained(_ tally: DayTally, of day: Day) -> DayTally? {
    guard let newest, !tally.isEmpty, day >= newest.advanced(by: -Self.daysOfSums) else { return nil }
    guard day < newest.advanced(by: -Self.daysOfUsers) else { return tally }
    return DayTally(sums: tally.sums, users: nil)
  }
}
