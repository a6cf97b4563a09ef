import Foundation
import Ledger
package import Providers
package import Upstream
package import Usage

/// Reads the days of one unit that are missing, however often the provider has to be asked.
package struct UnitReader: Sendable {
  let unit: BackfillUnit
  let collector: any UsageCollector
  let calendar: LocalCalendar
  let api: APIClient
  let spill: Spill
  let clock: any WallClock
  let random: @Sendable () -> Double
  let observer: any BackfillObserver

  package init(
    unit: BackfillUnit, collector: any UsageCollector, calendar: LocalCalendar, api: APIClient, spill: Spill,
    clock: any WallClock, random: @escaping @Sendable () -> Double, observer: any BackfillObserver
  ) {
    self.unit = unit
    self.collector = collector
    self.calendar = calendar
    self.api = api
    self.spill = spill
    self.clock = clock
    self.random = random
    self.observer = observer
  }

  /// Days that are asked for at once where one answer holds many: so many are in memory.
  private static let daysAtOnce = 28

  /// - Throws: ``BackfillFailure``, `SpillFault`, or `CancellationError`.
  package func run() async throws {
    var retry = RetryRule()
    while true {
      let missing = try await spill.missing(of: unit)
      if missing.isEmpty { break }
      do {
        try await read(collector.asksForEachDay ? missing : Array(missing.prefix(Self.daysAtOnce)), &retry)
      } catch let disabled as NotEnabled {
        try await spill.disable(unit)
        observer.noticed(unit.id, disabled.message)
        observer.finished(unit)
        return
      } catch let failure as UpstreamFailure {
        try await wait(after: failure, &retry)
      } catch let gap as DaysUnread {
        try await wait(after: gap.failure, &retry)
      }
    }
    if case .log = collector.buckets { try await tellLogAgain() }
  }

  private func read(_ days: [Day], _ retry: inout RetryRule) async throws {
    // Everything is wanted whole, and neither windows nor periods, which end with today.
    let demand = Demand(
      calendar: calendar, now: clock.now(), days: days, inFull: Set(days), periods: [], activeUsers: [])
    let wanted = Set(days)
    var read: Set<Day> = []
    let source = CollectorSource(api: api, journal: BackfillJournal(spill.events.journal(of: unit.id)))
    try await collector.collect(demand, from: source) { answer in
      for notice in answer.reading.notices { observer.noticed(unit.id, notice) }
      observer.rejected(unit.id, answer.reading.rejected.values.reduce(0, +))
      for case .bucket(.day(let day)) in answer.coverage where wanted.contains(day) {
        try await spill.commit(answer.reading, of: unit, on: day)
        retry.succeeded()
        if read.insert(day).inserted { observer.read(unit, day) }
        try Task.checkCancellation()
      }
    }
    guard read == wanted else { throw BackfillFailure("\(unit.id) did not tell of every day that it was asked for") }
  }

  private func wait(after failure: UpstreamFailure, _ retry: inout RetryRule) async throws {
    try Task.checkCancellation()
    let pause = await api.gate.block?.until
    switch retry.failed(failure, pause: pause, at: clock.now(), unit: random()) {
    case .giveUp: throw BackfillFailure("\(unit.id): \(failure.message)")
    case .wait(let until):
      if !failure.wasWithheld { observer.waiting(unit.id, failure, until: until) }
      try await clock.sleep(until: until)
    }
  }

  /// An older row may show that a newer one was of the same event: only when all rows were read are the days right.
  private func tellLogAgain() async throws {
    let journal = BackfillJournal(spill.events.journal(of: unit.id))
    for day in unit.span.days { try await spill.commit(try await journal.reading(of: day), of: unit, on: day) }
  }
}
