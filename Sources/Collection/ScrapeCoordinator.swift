import Foundation
package import Ledger
package import Publication
import Synchronization
package import Usage

/// What a scrape was served with: the values of the label `served`.
package enum Served: String, CaseIterable, Sendable {
  /// A collection was started and finished.
  case fresh
  /// Nothing was due.
  case cached
  /// The deadline came before the collections were over.
  case late
  /// A collection already under way was waited for.
  case joined
}

/// Runs collections when scrapes ask for them. A scrape waits for its deadline and no longer.
package final class ScrapeCoordinator: Sendable {
  private struct State {
    var workspaces: [WorkspaceCollection] = []
    /// Grows when the workspaces are others.
    var generation = 0
    /// While no workspace has anything to do for a scrape.
    var quiet = Quiet.never
  }

  /// A time in which there is nothing to do, as it was reckoned at its beginning.
  private struct Quiet {
    let from: Date
    let until: Date

    static let never = Quiet(from: .distantPast, until: .distantPast)

    /// An instant before the reckoning means that the clock was set back: what was reckoned by the old one says nothing.
    func holds(_ now: Date) -> Bool { from <= now && now < until }
  }

  private let state = Mutex(State())
  private let ledger: Ledger
  let standing: ExporterStanding
  private let clock: any WallClock
  private let jobs: AsyncStream<WorkspaceCollection.Job>
  private let queue: AsyncStream<WorkspaceCollection.Job>.Continuation
  /// Lands when no more collections are run: then no scrape has anything to wait for.
  private let stop = Flight()

  /// Collects nothing yet: a ``WorkspaceRoster`` says what.
  package init(ledger: Ledger, clock: any WallClock, standing: ExporterStanding) {
    self.ledger = ledger
    self.standing = standing
    self.clock = clock
    (jobs, queue) = AsyncStream.makeStream()
  }

  /// Those that are collected, as configured.
  package var workspaces: [WorkspaceID] { collections.map(\.plan.id) }

  var collections: [WorkspaceCollection] { state.withLock(\.workspaces) }

  /// Collects these workspaces from the next scrape on.
  func replace(_ workspaces: [WorkspaceCollection]) {
    state.withLock { state in
      state.workspaces = workspaces
      state.generation += 1
      state.quiet = .never
    }
  }

  /// Runs the collections that scrapes start, until it is cancelled; those under way are then given up.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for await job in jobs {
        group.addTask {
          await job()
          await self.noteLedger()
        }
      }
      // Before those under way have given up, which each of them writes down: scrapes have nothing to wait for any more.
      stop.land()
      group.cancelAll()
    }
  }

  /// Whether a scrape of everything would find nothing to do.
  package var isQuiet: Bool { state.withLock(\.quiet).holds(clock.now()) || stop.hasLanded }

  /// Brings what is selected of the publication up to date as far as `patience` allows.
  package func scrape(patience: Duration, _ selection: ScrapeSelection = .everything) async -> Served {
    let deadline = ContinuousClock.now + patience
    if isQuiet { return .cached }
    let state = state.withLock { $0 }
    let workspaces = state.workspaces.filter { selection.holds($0.plan.id) }
    var started: [Flight] = []
    var joined: [Flight] = []
    for workspace in workspaces {
      let begun = await workspace.begin(at: clock.now(), selection)
      for job in begun.jobs { queue.yield(job) }
      started += begun.started
      joined += begun.joined
    }
    let isComplete = await wait(for: started + joined, until: deadline - Self.settling(of: patience))
    let quiet = await settle(workspaces, selection, until: deadline)
    // Of what was not selected nothing is known, and what was has perhaps something new to show to the next scrape.
    noteQuiet(selection == .everything ? quiet : .never, generation: state.generation)
    if !isComplete { return .late }
    return started.isEmpty ? (joined.isEmpty ? .cached : .joined) : .fresh
  }

  private func noteQuiet(_ quiet: Quiet, generation: Int) {
    state.withLock { state in
      if state.generation == generation { state.quiet = quiet }
    }
  }

  /// What the ledger tells of itself, taken down after each collection so that no scrape waits for the ledger.
  func noteLedger() async {
    var ledgerStanding = ExporterStanding.LedgerStanding()
    ledgerStanding.restored = ledger.restored
    ledgerStanding.size = await ledger.size
    ledgerStanding.writeFailures = Int64(await ledger.writeFailures)
    ledgerStanding.isWritable = await ledger.isWritable
    standing.noteLedger(ledgerStanding)
  }

  /// What of a scrape's time is kept for the ledger, behind what may be late.
  private static func settling(of patience: Duration) -> Duration { min(.milliseconds(500), patience / 10) }

  /// Begins and ends the holds of what is shown. What the ledger does not get to in time is left to a later scrape: a counter
  /// whose hold has not begun stays at 0.
  ///
  /// - Returns: while none of the workspaces has anything to do for a scrape.
  private func settle(
    _ workspaces: [WorkspaceCollection], _ selection: ScrapeSelection, until deadline: ContinuousClock.Instant
  ) async -> Quiet {
    let now = clock.now()
    var due: [CollectorID] = []
    for workspace in workspaces { due += await workspace.settling(at: now, selection) }
    let books = due.isEmpty ? [:] : await settle(due, of: workspaces, at: now, until: deadline)
    var until = Date.distantFuture
    for workspace in workspaces {
      await workspace.settle(at: now, books)
      until = min(until, await workspace.wakes(after: now))
    }
    return Quiet(from: now, until: until)
  }

  /// All in one transaction, which waits for those that are under way; and the scrape for it, until its deadline.
  private func settle(
    _ collectors: [CollectorID], of workspaces: [WorkspaceCollection], at now: Date,
    until deadline: ContinuousClock.Instant
  ) async -> [CollectorID: CollectorBook] {
    let settlement = Settlement()
    queue.yield { [ledger] in
      do throws(LedgerError) {
        let books = try await ledger.settle(collectors, at: now, before: deadline)
        settlement.land(Dictionary(zip(collectors, books)) { $1 })
      } catch {
        workspaces.first?.environment.report.ledgerChanged(failure: error)
        settlement.land([:])
      }
    }
    _ = await wait(for: [settlement.flight], until: deadline)
    return settlement.books
  }

  /// - Returns: whether all landed in time.
  private func wait(for flights: [Flight], until deadline: ContinuousClock.Instant) async -> Bool {
    guard !flights.isEmpty else { return true }
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for flight in flights { await flight.wait() }
        return !Task.isCancelled
      }
      group.addTask {
        try? await Task.sleep(until: deadline, clock: .continuous)
        return false
      }
      group.addTask {
        await self.stop.wait()
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }
}

/// What came of the settling of holds, once it has landed.
private final class Settlement: Sendable {
  let flight = Flight()
  private let result = Mutex<[CollectorID: CollectorBook]>([:])

  var books: [CollectorID: CollectorBook] { result.withLock { $0 } }

  func land(_ books: [CollectorID: CollectorBook]) {
    result.withLock { $0 = books }
    flight.land()
  }
}
