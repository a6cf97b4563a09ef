import Ledger
import Testing
import Usage

/// A refresh costs the work of the days that changed, and memory is bounded.
@Suite("Tallies in memory")
struct TallyCacheTests {
  private static let today = Sample.today
  private static let tally = DayTally(sums: [Sample.key("a"): 1], users: [.workspace: [1]])

  private var cache = TallyCache(newest: today)

  /// Asks for the days that many days before today.
  ///
  /// - Returns: those that had to be worked out.
  private mutating func worked(out asked: some Sequence<Int>, withUsers: Bool = true, as tally: DayTally = tally)
    -> [Int]
  {
    var loads: [Int] = []
    for daysAgo in asked {
      _ = cache.tally(of: Self.today.advanced(by: -daysAgo), withUsers: withUsers) {
        loads.append(daysAgo)
        return tally
      }
    }
    return loads
  }

  @Test("each day is worked out once, and again only if it changes")
  mutating func once() {
    let month = Array(0..<30)
    let found = worked(out: month + month + month)
    cache.forget([Self.today, Self.today.advanced(by: -5)], newest: Self.today)
    let again = worked(out: month)
    #expect(found == month)
    #expect(again == [0, 5])
  }

  @Test("users are kept for 31 days before the newest, sums for 40")
  mutating func bounds() {
    let days = [31, 32, 40, 41]
    let users = worked(out: days + days)
    let sums = worked(out: days + days, withUsers: false)
    #expect(users == days + [32, 40, 41])
    #expect(sums == [41, 41])
  }

  @Test("what was worked out while it was newer is dropped as the newest day moves on")
  mutating func movesOn() {
    let days = [24, 25, 33, 34]
    let before = worked(out: days + days)
    cache.forget([], newest: Self.today.advanced(by: 7))
    let sums = worked(out: days, withUsers: false)
    let users = worked(out: days)
    #expect(before == days + [33, 34])
    #expect(sums == [34])
    #expect(users == [25, 33, 34])
  }

  @Test("a newest day that moves back drops nothing")
  mutating func movesBack() {
    let first = worked(out: [0, 31])
    cache.forget([], newest: Self.today.advanced(by: -60))
    let second = worked(out: [0, 31])
    #expect(first == [0, 31])
    #expect(second.isEmpty)
  }

  @Test("days without events are not kept: there is no end of them")
  mutating func empty() {
    let found = worked(out: [0, 0], as: DayTally(sums: [:], users: [:]))
    #expect(found == [0, 0])
  }

  @Test("what is asked for is what was found, also where it is not kept")
  mutating func found() {
    for daysAgo in [0, 35, 50] {
      let day = Self.today.advanced(by: -daysAgo)
      let tally = cache.tally(of: day, withUsers: true) { Self.tally }
      let sums = cache.tally(of: day, withUsers: false) { Self.tally }.sums
      #expect(tally == Self.tally)
      #expect(sums == Self.tally.sums)
    }
  }

  @Test("a journal without events keeps nothing")
  mutating func noEvents() {
    cache = TallyCache(newest: nil)
    let found = worked(out: [0, 0])
    #expect(found == [0, 0])
  }
}
