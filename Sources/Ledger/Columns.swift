import Foundation
import GRDB
import Usage

/// How buckets and windows are keyed in the database.
struct KeyColumns: Hashable {
  let kind: String
  let position: Int
}

extension Bucket {
  var columns: KeyColumns {
    switch self {
    case .day(let day): KeyColumns(kind: "day", position: day.ordinal)
    case .year(let year): KeyColumns(kind: "year", position: year)
    case .lifetime: KeyColumns(kind: "lifetime", position: 0)
    }
  }

  init?(_ columns: KeyColumns) {
    switch columns.kind {
    case "day": self = .day(Day(ordinal: columns.position))
    case "year": self = .year(columns.position)
    case "lifetime": self = .lifetime
    default: return nil
    }
  }
}

extension PeriodWindow {
  var columns: KeyColumns { KeyColumns(kind: unit.rawValue, position: start.ordinal) }

  init?(_ columns: KeyColumns) {
    guard let unit = Unit(rawValue: columns.kind) else { return nil }
    self.init(unit, start: Day(ordinal: columns.position))
  }
}

extension ActiveUserWindow {
  func columns(end: Day) -> KeyColumns { KeyColumns(kind: "users_\(self)", position: end.ordinal) }

  static func read(_ columns: KeyColumns) -> (ActiveUserWindow, end: Day)? {
    guard columns.kind.hasPrefix("users_"), let window = ActiveUserWindow(String(columns.kind.dropFirst(6))) else {
      return nil
    }
    return (window, Day(ordinal: columns.position))
  }
}

extension Entity {
  /// From the first three columns: scope, name, qualifier. Nil for a scope of another version.
  init?(row: Row) {
    guard let scope = Scope(rawValue: row[0]) else { return nil }
    self.init(scope, StoredText.decode(row[1]), qualifier: StoredText.decode(row[2]))
  }
}

extension SeriesKey {
  /// From the first five columns: scope, name, qualifier, measure, dimension.
  init?(row: Row) {
    guard let entity = Entity(row: row), let measure = Measure(rawValue: row[3]) else { return nil }
    self.init(entity, measure, row[4])
  }
}

extension SeriesState.Hold {
  var columns: (duration: Double?, end: Double?) {
    switch self {
    case .unserved(let duration): (duration, nil)
    case .until(let end, let duration): (duration.isFinite ? Double(duration) : nil, end.seconds)
    case .released: (nil, nil)
    }
  }

  init(duration: Double?, end: Double?) {
    if let end {
      self = .until(Date(seconds: end), for: duration.map(Float.init) ?? .infinity)
    } else if let duration {
      self = .unserved(duration)
    } else {
      self = .released
    }
  }
}

extension CollectorProgress {
  init(row: Row) {
    func instant(_ column: String) -> Date? { (row[column] as Double?).map(Date.init(seconds:)) }
    self.init()
    baselined = row["baselined"]
    lastAttempt = instant("last_attempt")
    lastSuccess = instant("last_success")
    nextAttempt = instant("next_attempt")
    dataThrough = instant("data_through")
    catchingUp = row["catching_up"]
    failures = row["failures"]
    lastSucceeded = row["last_succeeded"]
    lastDuration = row["last_duration"]
    rows = row["row_count"]
    unavailable = row["unavailable"]
    zone = row["zone"]
  }
}

extension Date {
  /// Seconds since 1970: how every instant is stored.
  var seconds: Double { timeIntervalSince1970 }

  init(seconds: Double) {
    self.init(timeIntervalSince1970: seconds)
  }
}

/// An entity's attributes as one column: a JSON array of pairs.
enum AttributeText {
  static func encode(_ attributes: [Reading.Attribute]) throws -> String {
    let data = try JSONEncoder().encode(attributes.map { [$0.label, $0.value] })
    return String(decoding: data, as: UTF8.self)
  }

  static func decode(_ text: String) -> [Reading.Attribute] {
    let pairs = (try? JSONDecoder().decode([[String]].self, from: Data(text.utf8))) ?? []
    return pairs.compactMap { $0.count == 2 ? Reading.Attribute($0[0], $0[1]) : nil }
  }
}

/// Measures as one column: their names with commas between them; nothing where there are none.
enum MeasureText {
  static func encode(_ measures: Set<Measure>) -> String? {
    measures.isEmpty ? nil : measures.map(\.rawValue).sorted().joined(separator: ",")
  }

  static func decode(_ text: String) -> Set<Measure> {
    Set(text.split(separator: ",").compactMap { Measure(rawValue: String($0)) })
  }
}
