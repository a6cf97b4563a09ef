import Usage

/// The journal of an examination: it knows every event that it is asked for, so that a log is read no further than its
/// newest page, and forgets all but who was seen on which day.
actor SampleJournal: EventJournal {
  private let since: Day
  private var users: [String: (day: Day, user: String)] = [:]

  /// - Parameter since: the first day of what is read.
  init(since: Day) {
    self.since = since
  }

  func completeSince() -> Day? { since }

  /// As stand-ins, whose place the rows themselves take.
  func known(_ ids: [String]) -> [String: Bool] {
    Dictionary(ids.map { ($0, true) }) { first, _ in first }
  }

  func record(_ events: [UsageEvent], completeSince: Day?) {
    for event in events { if let user = event.user { users[event.id] = (event.day, user) } }
  }

  func reading(of day: Day) -> Reading { Reading() }

  func activeUsers(over span: DaySpan) -> [Entity: Int64] {
    let seen = Set(users.values.filter { span.contains($0.day) }.map(\.user))
    return [.workspace: Int64(seen.count)]
  }
}
