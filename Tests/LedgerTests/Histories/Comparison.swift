import Ledger
import Usage

/// A ledger that does not do what the specification says.
struct Discrepancy: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// Throws if `found` is not what was expected.
  static func check<Value: Equatable>(_ found: Value, _ expected: Value, _ what: @autoclosure () -> String)
    throws(Discrepancy)
  {
    if found != expected { throw Discrepancy("\(what()): found \(found), expected \(expected)") }
  }
}

extension Model {
  /// Compares all that the ledger can be asked with what the specification says it is.
  func check(_ book: CollectorBook, folded: Int) throws(Discrepancy) {
    try Discrepancy.check(Set(book.series.keys), Set(displays.keys), "series")
    for (key, state) in book.series {
      try Discrepancy.check(state.total, total(key), "total of \(key)")
      try Discrepancy.check(state.published, published(key), "published \(key)")
    }
    for lane in Lane.allCases {
      let tally = book.tallies[lane.measure]
      try Discrepancy.check(tally?.excess ?? 0, excess(lane.measure), "excess of \(lane)")
      try Discrepancy.check(tally?.corrections ?? 0, corrections[lane.measure] ?? 0, "corrections of \(lane)")
    }
    try Discrepancy.check(folded, admission.folded.count, "folded agents")
    try Discrepancy.check(Set(book.readAt.keys), read, "buckets read")
    try Discrepancy.check(book.progress.baselined, baselined, "baselined")
    try Discrepancy.check(book.countsSince, completed.compactMap(\.day).min(), "oldest day that counts")
    try Discrepancy.check(book.periods, gauges.periods, "period gauges")
    try Discrepancy.check(book.activeUsers.mapValues(\.end), gauges.activeUsers.mapValues(\.end), "end of active users")
    try Discrepancy.check(
      book.activeUsers.mapValues(\.counts), gauges.activeUsers.mapValues(\.counts), "active users")
    try Discrepancy.check(book.attributes, gauges.attributes, "attributes")
    try Discrepancy.check(book.states, gauges.states, "states")
    try Discrepancy.check(book.rejected, gauges.rejected, "rejected rows")
  }
}

extension CollectorBook {
  /// Compares a book that was read back with the one that was in memory: a restart must be indistinguishable from none.
  func checkSame(as before: CollectorBook) throws(Discrepancy) {
    try Discrepancy.check(progress, before.progress, "progress after a restart")
    try Discrepancy.check(series, before.series, "series after a restart")
    try Discrepancy.check(periods, before.periods, "period gauges after a restart")
    try Discrepancy.check(activeUsers, before.activeUsers, "active users after a restart")
    try Discrepancy.check(attributes, before.attributes, "attributes after a restart")
    try Discrepancy.check(states, before.states, "states after a restart")
    try Discrepancy.check(tallies, before.tallies, "tallies after a restart")
    try Discrepancy.check(rejected, before.rejected, "rejections after a restart")
    try Discrepancy.check(countsSince, before.countsSince, "oldest day that counts after a restart")
    try Discrepancy.check(readAt, before.readAt, "times of reading after a restart")
  }
}
