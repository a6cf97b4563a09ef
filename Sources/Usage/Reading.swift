package import Foundation

/// What a row of an answer was refused for: the values of the label `reason` of `agentusage_collector_rejected_rows_total`.
package enum RowRejection: String, CaseIterable, Sendable, Hashable {
  case missingID = "missing_id"
  case invalidUTF8 = "invalid_utf8"
  case negative
  case notANumber = "not_a_number"
  case tooLarge = "too_large"
  case future
  case outsideWindow = "outside_window"
}

/// Where usage is put before it is counted: a calendar day, AgentPhone's calendar year, or all time.
package enum Bucket: Hashable, Sendable, Comparable {
  case day(Day)
  case year(Int)
  case lifetime

  /// The calendar day, if it is one.
  package var day: Day? {
    if case .day(let day) = self { day } else { nil }
  }

  private var order: (Int, Int) {
    switch self {
    case .lifetime: (0, 0)
    case .year(let year): (1, year)
    case .day(let day): (2, day.ordinal)
    }
  }

  package static func < (left: Bucket, right: Bucket) -> Bool { left.order < right.order }
}

/// States of a workspace that are neither usage nor users.
package enum WorkspaceState: String, CaseIterable, Sendable, Hashable {
  case phoneNumbersUsed
  case phoneNumbersLimit
}

/// What a provider answered for one window, merged by series: pure numbers, nothing of how they were transported.
package struct Reading: Sendable {
  /// In the stored units of each measure (``Measure/Scale``).
  package var quantities: [SeriesKey: Int64] = [:]
  /// Distinct users, never additive.
  package var activeUsers: [Entity: Int64] = [:]
  /// Names and attributes for the `_info` series.
  package var attributes: [Entity: [Attribute]] = [:]
  package var states: [WorkspaceState: Int64] = [:]
  /// Measures that the answer does not speak of at all, as when a column is absent: their buckets stay as they are.
  package var unreported: Set<Measure> = []
  /// What the operator should know although nothing failed: sentences of the provider's decoder.
  package var notices: Set<String> = []
  package var rows = 0
  /// The instant of the newest row, where rows have instants.
  package var newest: Date?
  package var rejected: [RowRejection: Int] = [:]

  package struct Attribute: Hashable, Sendable {
    package let label: String
    package let value: String

    package init(_ label: String, _ value: String) {
      self.label = label
      self.value = LabelText.cut(value)
    }
  }

  package init() {}

  /// Takes note of a row's instant.
  package mutating func noteInstant(_ instant: Date?) {
    newest = [newest, instant].compactMap(\.self).max()
  }

  package mutating func reject(_ reason: RowRejection) {
    rejected[reason, default: 0] += 1
  }

  /// Adds to a series; two rows of one entity become their sum.
  ///
  /// - Throws: ``QuantityOverflow`` if the sum leaves what a counter can show exactly.
  package mutating func add(_ amount: Int64, to key: SeriesKey) throws(QuantityOverflow) {
    quantities[key] = try Quantity.sum(quantities[key] ?? 0, amount)
  }

  /// Takes in another part of the same window, as when a window had to be asked for in halves.
  ///
  /// What is counted distinct is dropped, users and conversations: it does not add up.
  package mutating func merge(part: Reading) throws(QuantityOverflow) {
    for (key, amount) in part.quantities { try add(amount, to: key) }
    activeUsers = [:]
    unreported.formIntersection(part.unreported)
    unreported.insert(.conversations)
    quantities = quantities.filter { $0.key.measure.isAdditive }
    attributes.merge(part.attributes) { _, newer in newer }
    rows += part.rows
    noteInstant(part.newest)
    rejected.merge(part.rejected, uniquingKeysWith: +)
  }
}

/// A number beyond 2^53 units, which a Prometheus sample cannot hold exactly.
package struct QuantityOverflow: Error, Sendable {
  package init() {}
}

package enum Quantity {
  /// 2^53: the largest count up to which every whole number is a Prometheus sample value of its own.
  package static let limit: Int64 = 1 << 53

  package static func sum(_ left: Int64, _ right: Int64) throws(QuantityOverflow) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    guard !overflow, sum.magnitude <= UInt64(limit) else { throw QuantityOverflow() }
    return sum
  }

  /// The sum, or the end of the range: for what is told about usage and is none.
  package static func saturatingSum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right < 0 ? .min : .max) : sum
  }
}
