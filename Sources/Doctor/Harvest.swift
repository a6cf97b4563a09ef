import Providers
import Upstream
import Usage

/// What the answers to one collector's request held.
struct Harvest: Sendable {
  private(set) var rows = 0
  private var rejected: [RowRejection: Int] = [:]
  private var notices: Set<String> = []

  mutating func take(_ reading: Reading) {
    rows += reading.rows
    rejected.merge(reading.rejected, uniquingKeysWith: +)
    notices.formUnion(reading.notices)
  }

  var rejectedRows: [String: Int] {
    Dictionary(uniqueKeysWithValues: rejected.map { ($0.key.rawValue, $0.value) })
  }

  func report(_ collector: String) -> CollectorReport {
    let refused = rejected.values.reduce(0, +)
    if refused > 0 {
      let reasons = rejectedRows.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
      return refused >= rows
        ? CollectorReport(collector, .unexpectedAnswer, "every row would be refused: \(reasons)")
        : CollectorReport(collector, .rowsRejected, "of \(rows) rows \(refused) would not be counted: \(reasons)")
    }
    if !notices.isEmpty { return CollectorReport(collector, .notice, notices.sorted().joined(separator: "; ")) }
    return CollectorReport(collector, .ok)
  }
}

extension CollectorReport {
  /// What a collector threw.
  init(_ collector: String, failure error: any Error) {
    switch error {
    case let gap as DaysUnread:
      self.init(collector, failure: gap.failure)
    case let failure as UpstreamFailure:
      self.init(collector, Verdict(failure), failure.message)
      httpStatus = failure.status
      retryAt = failure.retryAt
    case let disabled as NotEnabled:
      self.init(collector, .notEnabled, disabled.message)
    default:
      self.init(collector, .internalFailure, "unexpected \(type(of: error))")
    }
  }
}
