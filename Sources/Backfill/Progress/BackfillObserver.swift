package import Foundation
package import Ledger
package import Upstream
package import Usage

/// Told of what a backfill does, from any thread.
package protocol BackfillObserver: RequestObserver {
  /// The days that are there already, before anything is read.
  func began(_ units: [(unit: BackfillUnit, missing: Int, weight: Double)])
  func read(_ unit: BackfillUnit, _ day: Day)
  /// No more days come of a unit.
  func finished(_ unit: BackfillUnit)
  func waiting(_ id: CollectorID, _ failure: UpstreamFailure, until: Date)
  /// Something that the operator should know although nothing failed.
  func noticed(_ id: CollectorID, _ notice: String)
  /// Rows that were refused; the others of their answer count.
  func rejected(_ id: CollectorID, _ rows: Int)
  func wrote(_ series: Int, of total: Int)
}

/// Why a backfill cannot go on, in words for the operator.
package struct BackfillFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
