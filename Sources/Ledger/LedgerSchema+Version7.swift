extension LedgerSchema {
  /// Adds to each bucket the measures that its baseline left out. Of older buckets nothing is known.
  static let upgradeToVersion7 = "ALTER TABLE bucket ADD COLUMN untold TEXT"
}
