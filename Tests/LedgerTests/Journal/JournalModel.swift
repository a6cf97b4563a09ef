import Ledger
import Usage

/// The specification of a journal, as naive as it can be: a list of events.
struct JournalModel: Sendable {
  private(set) var events: [UsageEvent]
  private(set) var completeSince: Day?

  init(_ events: [UsageEvent] = []) {
    self.events = events
  }

  mutating func record(_ recorded: [UsageEvent], completeSince day: Day?) {
    let previous = events.map(\.day).max()
    for event in recorded {
      events.removeAll { $0.id == event.id }
      events.append(event)
    }
    if let day { completeSince = day }
    guard let previous, let newest = recorded.map(\.day).max() else { return }
    let oldest = min(previous, newest).advanced(by: -100)
    events.removeAll { $0.day < oldest }
    if let since = completeSince, since < oldest { completeSince = oldest }
  }

  func known(_ ids: [String]) -> [String: Bool] {
    var known: [String: Bool] = [:]
    for event in events where ids.contains(event.id) { known[event.id] = event.isProvisional }
    return known
  }

  func sums(of day: Day) -> [SeriesKey: Int64] {
    var sums: [SeriesKey: Int64] = [:]
    for event in events where event.day == day {
      for part in event.amounts { sums[part.key, default: 0] += part.amount }
    }
    return sums
  }

  func activeUsers(over span: DaySpan) -> [Entity: Int64] {
    var users: [Entity: Set<String>] = [:]
    for event in events where span.contains(event.day) {
      guard let user = event.user else { continue }
      for entity in [event.agent, .workspace].compactMap({ $0 }) { users[entity, default: []].insert(user) }
    }
    return users.mapValues { Int64($0.count) }
  }
}

extension LedgerJournal {
  /// Compares all that the journal can be asked with what the specification says it is.
  func check(_ model: JournalModel, today: Day, ids: [String]) async throws {
    try Discrepancy.check(try await completeSince(), model.completeSince, "complete since")
    try Discrepancy.check(try await known(ids), model.known(ids), "known")
    for day in Set(model.events.map(\.day)).union([today, today.advanced(by: -1), today.advanced(by: 1)]) {
      try Discrepancy.check(try await reading(of: day).quantities, model.sums(of: day), "sums of \(day)")
    }
    for length in [1, 7, 30, 31, 45] {
      let span = DaySpan(endingOn: today, count: length)
      try Discrepancy.check(try await activeUsers(over: span), model.activeUsers(over: span), "users over \(span)")
    }
  }
}
