package import Usage

/// An event journal that keeps everything and works every number out anew.
package actor MemoryJournal: EventJournal {
  package private(set) var events: [String: UsageEvent] = [:]
  private var since: Day?

  package init() {}

  package func completeSince() -> Day? { since }

  package func known(_ ids: [String]) -> [String: Bool] {
    ids.reduce(into: [:]) { $0[$1] = events[$1]?.isProvisional }
  }

  package func record(_ new: [UsageEvent], completeSince: Day?) {
    for event in new { events[event.id] = event }
    since = completeSince ?? since
  }

  package func reading(of day: Day) -> Reading {
    var reading = Reading()
    for event in events.values where event.day == day {
      for part in event.amounts { reading.quantities[part.key, default: 0] += part.amount }
    }
    return reading
  }

  package func activeUsers(over span: DaySpan) -> [Entity: Int64] {
    var users: [Entity: Set<String>] = [:]
    for event in events.values where span.contains(event.day) {
      guard let user = event.user else { continue }
      users[.workspace, default: []].insert(user)
      if let agent = event.agent { users[agent, default: []].insert(user) }
    }
    return users.mapValues { Int64($0.count) }
  }
}
