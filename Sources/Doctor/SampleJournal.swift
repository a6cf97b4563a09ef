import Usage

/// The journal of an examination: it knows every event that it is asked for, so that a log is read no further than its
/// newest page, and forgets all but who and what was seen.
actor SampleJournal: EventJournal {
  private let since: Day
  private var users: [String: (day: Day, user: String)] = [:]
  /// Whose usage the events were.
  private(set) var entities: Set<Entity> = []

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
    for event in events {
      if let user = event.user { users[event.id] = (event.day, user) }
      entities.formUnion(event.amounts.map(\.key.entity))
    }
  }

  func reading(of day: Day) -> Reading { Reading() }

  func activeUsers(over span: DaySpan) -> [Entity: Int64] {
    let seen = Set(users.values.filter { span.contains($0.day) }.map(\.user))
    return [.workspace: Int64(seen.count)]
  }
}
