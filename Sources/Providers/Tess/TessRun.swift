import Foundation
import Upstream
import Usage

/// One collection: the readings of the listing that it takes, and what they bring.
struct TessRun: Sendable {
  private let api: TessAPI
  private let source: CollectorSource
  private let demand: Demand
  /// Names as the newest rows have them, until they are told.
  private var attributes: [Entity: [Reading.Attribute]] = [:]
  /// Rows and rejections that no answer has told of yet.
  private var untold = Reading()

  /// Tess answers a key that may see no others with fewer rows and without a word.
  private static let oneUserOnly =
    "only one user is seen: if there are others, the key's owner may not read their activity, and the numbers are too low"

  init(_ api: TessAPI, _ source: CollectorSource, _ demand: Demand) {
    self.api = api
    self.source = source
    self.demand = demand
  }

  /// Reads what is new since the last time: nothing of it counts unless all of it was read.
  mutating func readHead(_ deliver: (Answer) async throws -> Void) async throws {
    let known = demand.days.filter { !demand.inFull.contains($0) }
    let oldest = known.first ?? demand.today
    var batch = TessBatch()
    for span in DaySpan(oldest, through: demand.today).runs(of: TessAPI.daysAtOnce) {
      var reader = TessReader(api, source, span, of: demand, stopsAtKnown: true)
      while let rows = try await reader.next() { take(rows, into: &batch, namesCount: true) }
      note(reader.rejected)
      if reader.reachedKnown { break }
    }
    try await source.journal.record(Array(batch.events.values), completeSince: nil)
    for day in batch.days.union(known).subtracting(demand.inFull).sorted() { try await tell(day, deliver) }
  }

  /// Reads days whole, newest first; each counts as soon as it was read down to its first row.
  mutating func readWhole(_ span: DaySpan, _ deliver: (Answer) async throws -> Void) async throws {
    var since = try await source.journal.completeSince()
    // Names of days that were read before are known as well or better.
    let namesCount = since.map { span.last < $0 } ?? true
    var batch = TessBatch()
    var open = span.last
    var reader = TessReader(api, source, span, of: demand, stopsAtKnown: false)
    while let rows = try await reader.next() {
      take(rows, into: &batch, namesCount: namesCount)
      let oldest = rows.rows.last.map { demand.calendar.day(at: $0.time) } ?? open
      while open > oldest { try await close(&open, &batch, &since, deliver) }
    }
    note(reader.rejected)
    while open >= span.first { try await close(&open, &batch, &since, deliver) }
  }

  private func isNext(_ day: Day, _ since: Day?) -> Bool {
    since.map { day == $0.advanced(by: -1) } ?? true
  }

  private mutating func close(
    _ open: inout Day, _ batch: inout TessBatch, _ since: inout Day?, _ deliver: (Answer) async throws -> Void
  ) async throws {
    if isNext(open, since) { since = open }
    try await source.journal.record(batch.take(open), completeSince: since)
    try await tell(open, deliver)
    open = open.advanced(by: -1)
  }

  /// The sums over periods, and the distinct users of the windows that are known as far back as they reach.
  mutating func tellSums(_ deliver: (Answer) async throws -> Void) async throws {
    let sums = demand.sums
    try await deliver(Answer(sums.coverage, untold))
    untold = Reading()
    guard let since = try await source.journal.completeSince() else { return }
    for window in demand.activeUsers where since <= window.span(demand.today).first {
      var reading = Reading()
      reading.activeUsers = try await source.journal.activeUsers(over: window.span(demand.today))
      if window.days >= 7, reading.activeUsers[.workspace] == 1 { reading.notices = [Self.oneUserOnly] }
      try await deliver(Answer([.activeUsers(window, end: demand.today)], reading))
    }
  }

  private mutating func take(_ rows: TessReader.Rows, into batch: inout TessBatch, namesCount: Bool) {
    untold.rows += rows.rows.count
    // The first reading of a month may take an hour.
    let now = source.api.clock.now()
    // A clock ahead of ours by a few minutes is no fault.
    let limit = now.addingTimeInterval(TessRow.clockTolerance)
    for row in rows.rows {
      guard row.time <= limit else {
        untold.reject(.future)
        continue
      }
      untold.noteInstant(row.time)
      batch.put(row, on: demand.calendar.day(at: row.time), at: now, known: rows.known[row.id])
      if namesCount, attributes[row.agent] == nil, row.agent != .unassigned {
        attributes[row.agent] = row.attributes
      }
    }
  }

  private mutating func note(_ rejected: [RowRejection]) {
    for reason in rejected {
      untold.rows += 1
      untold.reject(reason)
    }
  }

  /// Delivers a day as the journal has it.
  private mutating func tell(_ day: Day, _ deliver: (Answer) async throws -> Void) async throws {
    var reading = try await source.journal.reading(of: day)
    for agent in Set(reading.quantities.keys.map(\.entity)) {
      reading.attributes[agent] = attributes.removeValue(forKey: agent)
    }
    reading.rows = untold.rows
    reading.rejected = untold.rejected
    reading.newest = untold.newest
    untold = Reading()
    try await deliver(demand.answer(for: day, reading))
  }
}
