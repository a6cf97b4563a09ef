package import Foundation
package import Ledger
import Providers
package import Publication
package import Upstream
import Usage

/// Collects one workspace: knows what is due, runs each collector at most once at a time, keeps the publication current.
package actor WorkspaceCollection {
  /// A collection to be run by whoever owns the time to run it.
  package typealias Job = @Sendable () async -> Void

  struct Member {
    let collector: any UsageCollector
    let id: CollectorID
    let schedule: Schedule
    let facts: CollectorFacts
    var book: CollectorBook
    var flight: Flight?
    /// What the log was told already.
    var notices: Set<String> = []
    /// What the status page tells.
    var notes = CollectorNotes()
    var seriesCount = 0
    /// What is published of the book, kept for the next time.
    var lines = UsageLines()
  }

  package nonisolated let plan: WorkspacePlan
  let environment: CollectionEnvironment
  let api: APIClient
  let secret: SecretBox
  nonisolated let counter: RequestCounter
  /// Lands when this collection is to end for good.
  let retirement = Flight()
  private var isOpen = false
  /// What is written to the ledger besides collections.
  var chores: [Flight] = []
  var members: [Member] = []
  var block: RequestBlock?
  var authFailed = false
  var folded = 0
  var duplicates: Set<SeriesKey> = []
  /// Who is published of those that count the same.
  var shared = SharedFamilies()
  var publishedDay: Day?
  var requests = RequestsOfDay(since: .distantPast)

  package init(
    plan: WorkspacePlan, environment: CollectionEnvironment, api: APIClient, secret: SecretBox, counter: RequestCounter
  ) {
    self.plan = plan
    self.environment = environment
    self.api = api
    self.secret = secret
    self.counter = counter
  }

  /// Takes up where the ledger left off and publishes what it holds.
  ///
  /// - Throws: ``LedgerError`` if the ledger cannot be written.
  package func open() async throws(LedgerError) {
    if isRetired { return }
    let now = environment.clock.now()
    let ids = plan.members.map { CollectorID(plan.id, $0.collector.name) }
    let books = try await environment.ledger.register(ids, zone: plan.policy.calendar.name)
    let opened = zip(plan.members, books).map { member($0, $1) }
    guard !isRetired else { return }
    requests = RequestsOfDay(since: now)
    members = opened
    try await restoreBlock(at: now)
    try await restoreFamilies()
    folded = await environment.ledger.foldedAgents(of: plan.id)
    publishAll(at: now)
    // What failed before this is tried again.
    isOpen = true
  }

  private func member(_ member: WorkspacePlan.Member, _ stored: CollectorBook) -> Member {
    let id = CollectorID(plan.id, member.collector.name)
    let schedule = Schedule(minInterval: member.minInterval, calendar: plan.policy.calendar)
    var book = stored
    book.progress = schedule.adopted(book.progress)
    return Member(
      collector: member.collector, id: id, schedule: schedule,
      facts: CollectorFacts(
        id: id, calendar: plan.policy.calendar, periods: plan.policy.periods, minInterval: member.minInterval,
        maxStaleness: plan.maxStaleness),
      book: book)
  }

  /// The collections that a scrape at `now` has to wait for.
  package struct Begun: Sendable {
    /// Started by this scrape, to be run.
    package var jobs: [Job] = []
    package var started: [Flight] = []
    package var joined: [Flight] = []
  }

  /// Starts what is due of what is selected, and names what is under way. Never waits for the ledger.
  package func begin(at now: Date, _ selection: ScrapeSelection = .everything) async -> Begun {
    if isRetired { return Begun() }
    // What a reload could not open. The next scrape finds what is due.
    guard isOpen else {
      if !chores.isEmpty { return Begun(joined: chores) }
      let chore = chore { collection throws(LedgerError) in try await collection.open() }
      return Begun(jobs: [chore.job], started: [chore.flight])
    }
    var begun = Begun()
    if block?.reason == .auth, secret.refresh() {
      await forgetRefusal(at: now)
      // It may have been retired meanwhile.
      if isRetired { return Begun() }
      begun.jobs.append(chore { collection throws(LedgerError) in try await collection.storeNoRefusal() }.job)
    }
    let isBlocked = pause(at: now) != nil
    for index in members.indices where selection.holds(collector: members[index].id.name) {
      if let flight = members[index].flight {
        begun.joined.append(flight)
      } else if !isBlocked, members[index].schedule.isDue(members[index].book.progress, at: now) {
        let flight = Flight()
        members[index].flight = flight
        begun.started.append(flight)
        begun.jobs.append {
          await self.untilRetired { await self.run(index, flight, startedAt: now) }
        }
      }
    }
    return begun
  }

  /// Something to be written to the ledger beside a scrape.
  private func chore(
    _ write: @escaping @Sendable (WorkspaceCollection) async throws(LedgerError) -> Void
  ) -> (job: Job, flight: Flight) {
    let flight = Flight()
    chores.append(flight)
    let job: Job = {
      do throws(LedgerError) {
        try await write(self)
      } catch {
        self.environment.report.ledgerChanged(failure: error)
      }
      await self.ended(flight)
    }
    return (job, flight)
  }

  private func ended(_ chore: Flight) {
    chores.removeAll { $0 === chore }
    chore.land()
  }

  /// The earliest instant at which a scrape, at or after `now`, has something to do here.
  package func wakes(after now: Date) -> Date {
    if !isOpen || members.contains(where: { $0.flight != nil }) { return .distantPast }
    let blockedUntil = pause(at: now)?.until ?? .distantPast
    let instants = members.flatMap { member -> [Date] in
      let progress = member.book.progress
      let due = max(progress.nextAttempt ?? .distantPast, blockedUntil)
      // Data that are withdrawn already need no scrape to withdraw them.
      let stale = member.seriesCount > 0 ? member.facts.freshUntil(member.book) : nil
      let settles = member.facts.isFresh(member.book, at: now) ? member.book.settlesAt(now) : nil
      return [due, settles, stale].compactMap(\.self)
    }
    // A refused credential may be replaced at any time, and its file is looked at with every scrape.
    if block?.reason == .auth { return .distantPast }
    let tomorrow = publishedDay.map { plan.policy.calendar.start(of: $0.advanced(by: 1)) } ?? .distantPast
    return min(instants.min() ?? .distantFuture, tomorrow)
  }

  /// The collectors of which a scrape of `selection` at `now` begins or ends holds: not those whose data it does not show.
  func settling(at now: Date, _ selection: ScrapeSelection) -> [CollectorID] {
    if isRetired { return [] }
    return members.filter { member in
      selection.holds(collector: member.id.name) && member.facts.isFresh(member.book, at: now)
        && member.book.settles(at: now)
    }.map(\.id)
  }

  /// Brings the publication up to `now`, just before a scrape shows it: holds begin and end, days turn, data go stale.
  ///
  /// - Parameter books: those whose holds have begun or ended.
  func settle(at now: Date, _ books: [CollectorID: CollectorBook]) {
    if isRetired { return }
    var changed: [Int] = []
    let dayTurned = plan.policy.calendar.day(at: now) != publishedDay
    for index in members.indices {
      let member = members[index]
      let isStale = member.facts.freshUntil(member.book).map { now > $0 } ?? false
      let settled = books[member.id]
      if let settled { adopt(settled, index) }
      if dayTurned || isStale && member.seriesCount > 0 || settled != nil { changed.append(index) }
    }
    if !changed.isEmpty { publish(changed, at: now) }
  }

  /// Takes over a book from the ledger, unless a newer one came while this one was on its way. Progress is this actor's own.
  func adopt(_ book: CollectorBook, _ index: Int) {
    guard book.revision > members[index].book.revision else { return }
    let progress = members[index].book.progress
    members[index].book = book
    members[index].book.progress = progress
  }
}
