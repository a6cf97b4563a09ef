extension LedgerSchema {
  /// Adds when the live counters of a collector began: when its first collection was completed. Of older ones it is not
  /// known any more.
  static let upgradeToVersion3 = "ALTER TABLE collector ADD COLUMN live_since REAL;"
}
