import Foundation
import Providers
import Usage

/// What answers showed: whose usage, and how new it is. Keeps counts for the report and hands out no names.
struct Sightings: Sendable {
  private var entities: Set<Entity> = []
  private var users: Int64 = 0
  private var instant: Date?
  private var usedOn: Day?
  private var askedSince: Day?

  mutating func take(_ answer: Answer) {
    let reading = answer.reading
    take(Set(reading.quantities.keys.map(\.entity)).union(reading.activeUsers.keys).union(reading.attributes.keys))
    users = max(users, reading.activeUsers[.workspace] ?? 0)
    instant = [instant, reading.newest].compactMap(\.self).max()
    let isUsed = reading.quantities.values.contains { $0 != 0 } || reading.activeUsers.values.contains { $0 != 0 }
    for day in answer.coverage.compactMap(\.onlyDay) {
      askedSince = min(askedSince ?? day, day)
      if isUsed { usedOn = max(usedOn ?? day, day) }
    }
  }

  mutating func take(_ seen: Set<Entity>) {
    entities.formUnion(seen)
  }

  /// How many of each kind.
  var counts: [Scope: Int] {
    let real = entities.subtracting([.unassigned, .other, .workspace])
    var counts = Dictionary(grouping: real, by: \.scope).mapValues(\.count)
    if users > 0 { counts[.user] = max(counts[.user] ?? 0, Int(clamping: users)) }
    return counts
  }

  /// Nil where no answer was of a day.
  var newestUsage: NewestUsage? {
    instant.map { .instant($0) } ?? usedOn.map { .day($0) } ?? askedSince.map { .noneSince($0) }
  }
}

extension Coverage {
  /// The day, if it is one day and no more.
  fileprivate var onlyDay: Day? {
    switch self {
    case .bucket(let bucket): bucket.day
    case .period(let window): window.unit == .day ? window.start : nil
    case .activeUsers(let window, let end): window.days == 1 ? end : nil
    case .summed: nil
    }
  }
}

extension Scope {
  /// As `2 agents`, or nothing for the workspace itself.
  func counted(_ number: Int) -> String? {
    let word: String
    switch self {
    case .agent: word = "agent"
    case .project: word = "project"
    case .model: word = "model"
    case .source: word = "source"
    case .skill: word = "skill"
    case .tool: word = "tool"
    case .apiKey: word = "API key"
    case .phoneNumber: word = "phone number"
    case .user: word = "user"
    case .workspace: return nil
    }
    return "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}
