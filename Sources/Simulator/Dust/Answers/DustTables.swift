import Foundation
import Usage

/// The rows of each table of `analytics/export`, with all columns of the newest version.
struct DustTables {
  let book: DustBook
  let options: DustOptions
  let query: DustQuery
  /// Milliseconds since 1970.
  let now: Int64
  private let names: Names

  init(_ book: DustBook, _ options: DustOptions, _ query: DustQuery, at now: Date) {
    self.book = book
    self.options = options
    self.query = query
    self.now = Millis.of(now)
    names = Names(book.company)
  }

  /// The directories as they are when first asked for. Every table reads its events before, so that they hold all that
  /// the events point to even if the company is being edited.
  private final class Names {
    private let company: Company
    lazy var directory = company.directory
    lazy var dust = company.dust.directory

    init(_ company: Company) {
      self.company = company
    }
  }

  var directory: Directory { names.directory }
  var dust: DustDirectory { names.dust }

  func table() -> Table {
    switch query.table {
    case .usageMetrics: usageMetrics()
    case .activeUsers: activeUsers()
    case .source: source()
    case .agents: agents()
    case .users: users()
    case .skills: skills()
    case .skillUsage: skillUsage()
    case .toolUsage: toolUsage()
    case .messages: messages()
    case .feedback: feedback()
    }
  }

  // MARK: Reading

  /// Today in the calendar asked for.
  var today: Day { query.calendar.day(at: Date(timeIntervalSince1970: Double(now) / 1000)) }

  /// The window in milliseconds since 1970, half open.
  var window: (from: Int64, end: Int64) { window(in: query.calendar) }

  func window(in calendar: LocalCalendar) -> (from: Int64, end: Int64) {
    (
      Millis.of(calendar.start(of: query.span.first)),
      Millis.of(calendar.start(of: query.span.last.advanced(by: 1)))
    )
  }

  /// The window's days with what the whole workspace did on each, also without any usage.
  func workspaceDays(_ span: DaySpan? = nil) -> [(day: Day, tally: DustTally)] {
    guard let days = book.days(span ?? query.span, in: query.calendar, at: now) else { return [] }
    return days.days.map { day in
      let parts = book.tallies(on: day, in: query.calendar, at: now)
      return (day, parts.reduce(into: DustTally()) { $0.add($1.tally, sameDay: true) })
    }
  }

  /// What each agent did in the whole window, by its index.
  func agentTallies() -> [Int: DustTally] {
    var tallies: [Int: DustTally] = [:]
    for day in book.days(query.span, in: query.calendar, at: now)?.days ?? [] {
      for (agent, tally) in book.tallies(on: day, in: query.calendar, at: now) {
        tallies[agent, default: DustTally()].add(tally, sameDay: false)
      }
    }
    return tallies
  }

  // MARK: Writing

  /// Whole credits, halves upwards.
  static func whole(_ hundredths: Int64) -> Cell { .integer((hundredths + 50) / 100) }

  func email(_ person: Int) -> String {
    directory.people.indices.contains(person) ? directory.people[person].email : ""
  }

  /// `2026-11-18` in the calendar asked for.
  func date(_ millis: Int64) -> String {
    query.calendar.day(at: Date(timeIntervalSince1970: Double(millis) / 1000)).description
  }

  /// `2026-11-18 09:14:03`, local time without an offset.
  func dateTime(_ millis: Int64) -> String {
    let (day, second) = query.calendar.wallClock(at: Date(timeIntervalSince1970: Double(millis) / 1000))
    return "\(day) \(Stamp.clock(second))"
  }
}

/// Ids as the vendor writes them.
enum DustID {
  static func conversation(_ number: UInt32) -> String { "cnv" + padded(UInt64(number), 7) }

  static func message(agent: Int, _ message: DustMessage) -> String { "msg" + suffix(agent, message) }

  /// The user's message that the agent's message answers.
  static func parent(agent: Int, _ message: DustMessage) -> String { "usm" + suffix(agent, message) }

  /// `2026-11-18T09:14:03.123Z`.
  static func instant(_ millis: Int64) -> String {
    let fraction = String(1000 + (millis % 1000 + 1000) % 1000).dropFirst()
    return Stamp.utc(Date(timeIntervalSince1970: (Double(millis) / 1000).rounded(.down))).dropLast() + ".\(fraction)Z"
  }

  private static func suffix(_ agent: Int, _ message: DustMessage) -> String {
    let day = UInt64(max(0, Millis.ordinal(message.times.occurred)))
    return padded(UInt64(agent), 3) + padded(day, 4) + padded(UInt64(message.serial), 5)
  }

  private static func padded(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number, radix: 36)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
