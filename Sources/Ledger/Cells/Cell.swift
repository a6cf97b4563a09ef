import Usage

/// One measured total: a series in a bucket.
package struct Cell: Hashable, Sendable {
  /// What the provider says now.
  package var value: Int64
  /// The most that was ever counted for this cell since its baseline; never falls.
  package var counted: Int64
  /// Usage that came here from other entities (positive) or went from here to another (negative) without being usage.
  package var moved: Int64

  package static let zero = Cell(value: 0, counted: 0, moved: 0)

  package init(value: Int64, counted: Int64, moved: Int64 = 0) {
    self.value = value
    self.counted = counted
    self.moved = moved
  }

  /// The provider's value, less what merely moved in.
  package var effective: Int64 { value - moved }

  /// What was counted beyond what the provider says now: the sum of its corrections downwards.
  package var excess: Int64 { max(0, counted - effective) }
}

/// What becomes of one cell when its bucket is replaced.
package struct CellChange: Hashable, Sendable {
  package let before: Cell
  package let after: Cell
  /// What the series' counter grows by: never negative.
  package let increase: Int64

  /// Whether the provider took usage back.
  package var isCorrection: Bool { after.effective < before.effective }
}

/// How a bucket is read.
package enum CountingMode: Sendable, Hashable {
  /// What is there already becomes the baseline and counts for nothing.
  case baseline
  /// Whatever exceeds what was counted before counts.
  case counting
}
