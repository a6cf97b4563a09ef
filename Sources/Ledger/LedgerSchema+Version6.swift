extension LedgerSchema {
  /// Adds a checksum to each event and each of their series.
  static let upgradeToVersion6 = """
    ALTER TABLE event ADD COLUMN checksum INTEGER;
    ALTER TABLE event_series ADD COLUMN checksum INTEGER;
    UPDATE event SET checksum = \(RowChecksum.ofEvent);
    UPDATE event_series SET checksum = \(RowChecksum.ofEventSeries);
    """
}
