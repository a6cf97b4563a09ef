import Foundation
import GRDB
package import Usage

/// What the events of one day come to.
package struct DayTally: Sendable, Hashable {
  package private(set) var sums: [SeriesKey: Int64] = [:]
  /// Hashes of the users of each agent and of the workspace; nil once they are no longer kept.
  package private(set) var users: [Entity: Set<Int64>]? = [:]

  var isEmpty: Bool { sums.isEmpty && users?.isEmpty != false }

  package init(sums: [SeriesKey: Int64], users: [Entity: Set<Int64>]?) {
    self.sums = sums
    self.users = users
  }

  /// Adds up the amounts and users of a day's rows.
  ///
  /// - Throws: ``QuantityOverflow`` for a sum that no sample can hold exactly, or `SQLITE_CORRUPT`.
  init(_ rows: RowCursor, series: EventSeries) throws {
    var amounts: [Int64: Int64] = [:]
    var users: [Entity: Set<Int64>] = [:]
    while let row = try rows.next() {
      let parts = try row.withUnsafeData(atIndex: 1) { data in data?.withUnsafeBytes { EventBlob.decode($0) } ?? nil }
      guard let parts else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an event is not readable") }
      for part in parts { amounts[part.series] = try Quantity.sum(amounts[part.series] ?? 0, part.amount) }
      guard let user: Int64 = row[0] else { continue }
      users[.workspace, default: []].insert(user)
      let agent = parts.lazy.compactMap { series[$0.series]?.entity }.first { $0.scope == .agent }
      if let agent { users[agent, default: []].insert(user) }
    }
    var sums: [SeriesKey: Int64] = [:]
    for (number, sum) in amounts { if let key = series[number] { sums[key] = sum } }
    self.init(sums: sums, users: users)
  }
}
