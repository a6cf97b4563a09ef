import Collection
import Foundation
import Ledger
import Providers
import Settings
import Testing
import Usage

/// When a collector may ask: the rules as a table, without sockets or waiting.
@Suite("The schedule")
struct ScheduleTests {
  private static let start = Date(timeIntervalSince1970: 1_763_560_800)  // 2025-11-19T14:00:00Z
  private let schedule = Schedule(minInterval: 1800, calendar: .utc)

  private func after(_ seconds: TimeInterval) -> Date { Self.start.addingTimeInterval(seconds) }

  @Test("is due at once, then after the interval")
  func interval() {
    var progress = CollectorProgress()
    #expect(schedule.isDue(progress, at: Self.start))
    progress = schedule.succeeded(
      schedule.began(progress, at: Self.start), startedAt: Self.start, endedAt: after(3), rows: 1)
    #expect(progress.lastSuccess == Self.start && progress.failures == 0 && progress.baselined)
    #expect(!schedule.isDue(progress, at: after(1799)))
    #expect(schedule.isDue(progress, at: after(1800)))
  }

  @Test("is due at the first moment of a new local day", arguments: ["UTC", "Europe/Berlin", "America/New_York"])
  func midnight(zone: String) throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let schedule = Schedule(minInterval: 1800, calendar: calendar)
    let midnight = calendar.start(of: calendar.day(at: Self.start).advanced(by: 1))
    let late = midnight.addingTimeInterval(-60)
    let progress = schedule.succeeded(CollectorProgress(), startedAt: late, endedAt: late, rows: 0)
    #expect(progress.nextAttempt == midnight)
  }

  @Test("reserves an attempt that may never end: a minute, then two, four, up to the interval")
  func reservation() {
    var progress = CollectorProgress()
    var waits: [TimeInterval] = []
    for _ in 0..<7 {
      progress = schedule.began(progress, at: Self.start)
      waits.append(progress.nextAttempt?.timeIntervalSince(Self.start) ?? -1)
    }
    #expect(waits == [60, 120, 240, 480, 960, 1800, 1800])
    #expect(Schedule(minInterval: 1, calendar: .utc).began(progress, at: Self.start).nextAttempt == after(1))
  }

  @Test("backs off with full jitter, or until the provider says")
  func failure() {
    var progress = schedule.began(CollectorProgress(), at: Self.start)
    let failed = schedule.failed(progress, startedAt: Self.start, endedAt: Self.start, retryAt: nil, unit: 0.5)
    #expect(failed.nextAttempt == after(15) && !failed.lastSucceeded)
    for past in [after(0), after(-60)] {
      let past = schedule.failed(progress, startedAt: Self.start, endedAt: Self.start, retryAt: past, unit: 0.5)
      #expect(past.nextAttempt == failed.nextAttempt)
    }
    progress.failures = 20
    let capped = schedule.failed(progress, startedAt: Self.start, endedAt: Self.start, retryAt: nil, unit: 0.999)
    #expect((1798...1800).contains(capped.nextAttempt?.timeIntervalSince(Self.start) ?? 0))
    let told = schedule.failed(progress, startedAt: Self.start, endedAt: Self.start, retryAt: after(77), unit: 0)
    #expect(told.nextAttempt == after(77))
  }

  @Test("takes an abandoned attempt for none")
  func abandoned() {
    let before = CollectorProgress()
    let begun = schedule.began(before, at: Self.start)
    #expect(schedule.abandoned(begun, before: before) == before)
  }

  @Test("is not silenced by a clock that was set back")
  func clockSetBack() {
    let progress = schedule.succeeded(
      schedule.began(CollectorProgress(), at: Self.start), startedAt: Self.start, endedAt: Self.start, rows: 0)
    #expect(!schedule.isDue(progress, at: after(-1700)))
    #expect(schedule.isDue(progress, at: after(-86_400)))
  }

  @Test(
    "calls it catching up beyond two intervals and Prometheus' look-back, but for the jitter of scrapes",
    arguments: [
      (1800.0, 3600.0, false), (1800, 3779, false), (1800, 3781, true), (1, 300, false), (1, 331, true),
      // Scraped every five minutes, every or every other time.
      (300, 601, false), (300, 899, true), (60, 301, false),
    ])
  func catchingUp(interval: TimeInterval, gap: TimeInterval, expected: Bool) {
    let schedule = Schedule(minInterval: interval, calendar: .utc)
    var progress = CollectorProgress()
    #expect(!schedule.isCatchingUp(progress, at: after(gap)))
    progress.lastSuccess = Self.start
    #expect(!schedule.isCatchingUp(progress, at: after(gap)))
    progress.baselined = true
    #expect(schedule.isCatchingUp(progress, at: after(gap)) == expected)
  }
}

/// Which days a collection reads.
@Suite("The plan")
struct CollectionPlanTests {
  private static let noon = Date(timeIntervalSince1970: 1_763_553_600)  // 2025-11-19T12:00:00Z
  private static let today = LocalCalendar.utc.day(at: noon)
  private static let rule = BucketRule.days(history: 365)
  private let policy = CollectionPolicy(
    calendar: .utc, periods: [.day, .previousDay, .month], activeUserWindows: [], restateDays: 3,
    restateInterval: 21_600)

  /// A book that has read some days, so many days ago, so many seconds before now.
  private func book(_ reads: [Int: TimeInterval], baselined: Bool = true) async throws -> CollectorBook {
    let ledger = try Ledger(database: .inMemory())
    let id = CollectorID(WorkspaceID(.langdock, "w"), "c")
    var progress = try await ledger.register(id, zone: "UTC").progress
    progress.baselined = baselined
    try await ledger.record(progress, for: id)
    for (days, age) in reads {
      try await ledger.commit(
        Answer([.bucket(.day(Self.today.advanced(by: -days)))], Reading()), to: id,
        at: Self.noon.addingTimeInterval(-age), policy: CountingPolicy(zeroHold: 0, maxAgents: 1))
    }
    return try #require(await ledger.book(of: id))
  }

  private func days(_ book: CollectorBook, _ rule: BucketRule = rule) -> [Int] {
    policy.demand(for: rule, book: book, at: Self.noon).days.map { Self.today.ordinal - $0.ordinal }
  }

  @Test("reads today and what may still be restated as the baseline")
  func first() async throws {
    #expect(days(try await book([:], baselined: false)) == [3, 2, 1, 0])
    #expect(days(CollectorBook(), .asAnswered) == [0])
  }

  @Test("reads closed days again only when their time has come")
  func restated() async throws {
    // All three were read an hour ago.
    #expect(days(try await book([3: 3600, 2: 3600, 1: 3600, 0: 1800])) == [0])
    // Yesterday was last read before it was over; the day before is due again; the third is fresh.
    #expect(days(try await book([3: 3600, 2: 21_600, 1: 50_000, 0: 60])) == [2, 1, 0])
    // Older than that, and read after their end: done with.
    #expect(days(try await book([10: 86_400 * 5, 3: 60, 2: 60, 1: 60])) == [9, 8, 7, 6, 5, 4, 0])
  }

  @Test("reads every missed day after an outage, as far back as there is history")
  func outage() async throws {
    let old = try await book([5: 86_400 * 5 + 100])
    #expect(days(old) == [5, 4, 3, 2, 1, 0])
    #expect(days(old, .days(history: 3)) == [2, 1, 0])
  }

  @Test("reads a closed day again that a clock running ahead has read")
  func clockAhead() async throws {
    #expect(days(try await book([2: 3600, 1: -86_400 * 30, 0: 60])) == [1, 0])
    // A log reads it whole: where the reading ended is not where it seems.
    let all = Dictionary(uniqueKeysWithValues: (0...29).map { ($0, Double($0) * 86_400 - 70_000) })
    let ahead = all.merging([1: -86_400 * 30, 0: 60]) { $1 }
    #expect(demand(try await book(ahead), Self.log) == ([1, 0], [1]))
  }

  private static let log = BucketRule.log(history: 365)

  private func demand(_ book: CollectorBook, _ rule: BucketRule) -> (days: [Int], inFull: [Int]) {
    let policy = CollectionPolicy(
      calendar: .utc, periods: [.day, .month], activeUserWindows: [ActiveUserWindow(days: 30)].compactMap(\.self),
      restateDays: 3, restateInterval: 21_600)
    let demand = policy.demand(for: rule, book: book, at: Self.noon)
    return (
      demand.days.map { Self.today.ordinal - $0.ordinal },
      demand.inFull.map { Self.today.ordinal - $0.ordinal }.sorted()
    )
  }

  @Test("reads single days as far back as the sums reach, and a log as far as the users do")
  func firstOfSums() async throws {
    let book = try await book([:], baselined: false)
    // The month began eighteen days ago.
    #expect(demand(book, .singleDays(history: 365)).days == Array((0...18).reversed()))
    #expect(demand(book, .singleDays(history: 365)).inFull == [])
    #expect(demand(book, Self.log).days == Array((0...29).reversed()))
    #expect(demand(book, Self.log).inFull == Array(1...29))
  }

  @Test("goes on where a first reading of a log broke off")
  func resumed() async throws {
    let reads = Dictionary(uniqueKeysWithValues: (0...20).map { ($0, 60.0) })
    let (days, inFull) = demand(try await book(reads, baselined: false), Self.log)
    #expect(days == Array((21...29).reversed()) + [0])
    #expect(inFull == Array(21...29))
  }

  @Test("reads a closed day of a log from where it ended, and six hours later whole once more")
  func closing() async throws {
    func known(_ yesterday: TimeInterval) async throws -> (days: [Int], inFull: [Int]) {
      var reads = Dictionary(uniqueKeysWithValues: (2...29).map { ($0, Double($0) * 86_400 - 70_000) })
      reads[1] = yesterday
      reads[0] = 60
      return demand(try await book(reads), Self.log)
    }
    // Last read at ten past midnight: it was over, but had not been over for six hours.
    #expect(try await known(42_600) == ([1, 0], [1]))
    // Read whole at seven: done with for good.
    #expect(try await known(18_000) == ([0], []))
    // Not read since before midnight, and over for long: whole at once.
    #expect(try await known(50_000) == ([1, 0], [1]))
  }

  @Test("takes missed days of a log from its top down to what is known")
  func outageOfALog() async throws {
    let reads = Dictionary(uniqueKeysWithValues: (4...33).map { ($0, 86_400.0 * Double($0) - 50_000) })
    let (days, inFull) = demand(try await book(reads), Self.log)
    #expect(days.suffix(4) == [3, 2, 1, 0])
    // None of the missed days needs a reading of its own.
    #expect(inFull.allSatisfy { $0 >= 4 })
  }

  @Test("asks for yesterday's gauge only if yesterday was never read")
  func previousDay() async throws {
    let unread = policy.demand(for: Self.rule, book: CollectorBook(), at: Self.noon)
    #expect(unread.periods.contains(.previousDay))
  }

  @Test("asks for equal spans once")
  func windows() throws {
    let first = try #require(Day(iso: "2026-06-01"))
    let demand = Demand(
      calendar: .utc, now: LocalCalendar.utc.start(of: first).addingTimeInterval(60), days: [first],
      periods: [.day, .week, .month, .year], activeUsers: [1, 7].compactMap(ActiveUserWindow.init(days:)))
    // A first of the month that is a Monday: day, week, month and the users of one day are one request.
    #expect(demand.windows(reportsUsers: true).map(\.span.count) == [1, 152, 7])
    #expect(demand.windows(reportsUsers: false).map(\.span.count) == [1, 152])
  }
}

@Suite("Shards")
struct ShardTests {
  @Test("share the workspaces, and one more moves few")
  func share() throws {
    let workspaces = (0..<2000).map { WorkspaceID(.langdock, "workspace-\($0)") }
    func owners(_ total: Int) -> [Int] {
      workspaces.map { workspace in
        (0..<total).filter { Shard(index: $0, total: total)?.holds(workspace) == true }.reduce(0) { $0 * 1000 + $1 }
      }
    }
    let four = owners(4)
    let five = owners(5)
    for shard in 0..<4 { #expect((400...600).contains(four.count { $0 == shard }), "\(shard)") }
    let moved = zip(four, five).filter { $0 != $1 }
    #expect(moved.allSatisfy { $0.1 == 4 })
    #expect((300...500).contains(moved.count))
    #expect(Shard(index: 4, total: 4) == nil && Shard(index: -1, total: 1) == nil && Shard(index: 0, total: 0) == nil)
  }
}
