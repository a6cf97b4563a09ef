import Ledger
import Usage

/// A life of a collector, as a value: it can be generated from a seed, run, printed and shrunk.
struct History: Sendable, Hashable, CustomStringConvertible {
  var setup: Setup
  var operations: [Operation]

  var description: String {
    "\(setup)\n" + operations.enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
  }
}

/// What stays as it is for the whole of a history.
struct Setup: Sendable, Hashable {
  var shape: Shape
  var zone: Zone
  /// Seconds since 1970.
  var start: Int
  var zeroHold: Int
  var maxAgents: Int
  /// Whether answers for today carry period gauges, active users and attributes as well.
  var gauges: Bool
}

/// How the provider can be asked.
enum Shape: Sendable, Hashable, CaseIterable {
  /// By day; a deleted agent is gone, and what it used with it.
  case days
  /// By calendar year; what a deleted agent had used moves to `unassigned`.
  case year
  /// For all time; what a deleted agent had used moves to `unassigned`.
  case lifetime

  var moves: Bool { self != .days }

  func bucket(of day: Day) -> Bucket {
    switch self {
    case .days: .day(day)
    case .year: .year(day.year)
    case .lifetime: .lifetime
    }
  }
}

enum Zone: String, Sendable, Hashable, CaseIterable {
  case utc = "UTC"
  case berlin = "Europe/Berlin"
  case newYork = "America/New_York"

  var calendar: LocalCalendar { LocalCalendar(zone: rawValue) ?? .utc }
}

/// Who uses something. `d` and later arrivals are what `max_agents` folds.
enum Agent: String, Sendable, Hashable, CaseIterable {
  case a, b, c, d, unassigned

  var entity: Entity { self == .unassigned ? .unassigned : Entity(.agent, rawValue) }
}

/// What is used: two measures, of which one has a dimension.
enum Lane: Sendable, Hashable, CaseIterable {
  case messages, tokens

  var measure: Measure { self == .messages ? .messages : .tokens }

  func key(_ entity: Entity) -> SeriesKey {
    SeriesKey(entity, measure, self == .messages ? "" : TokenType.input.rawValue)
  }
}

/// One of two Prometheus servers.
enum Reader: Sendable, Hashable, CaseIterable {
  case first, second
}
