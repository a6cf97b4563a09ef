extension LedgerSchema {
  /// Adds the event journal, shared families, and what a collector remembers about them and about late history.
  ///
  /// The events of a day lie side by side, and the index on their ids holds the day, so that both ways to them are short.
  static let upgradeToVersion2 = """
    ALTER TABLE collector ADD COLUMN unavailable INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE collector ADD COLUMN counts_since INTEGER;
    ALTER TABLE collector ADD COLUMN complete_since INTEGER;
    UPDATE collector SET counts_since = (
      SELECT min(position) FROM bucket
      WHERE collector_id = collector.id AND kind = 'day' AND read_at IS NOT NULL)
    WHERE baselined;
    CREATE TABLE event_series (
      collector_id INTEGER NOT NULL REFERENCES collector, id INTEGER NOT NULL,
      scope TEXT NOT NULL, name TEXT NOT NULL, qualifier TEXT NOT NULL, measure TEXT NOT NULL, dimension TEXT NOT NULL,
      PRIMARY KEY (collector_id, id)) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
      collector_id INTEGER NOT NULL REFERENCES collector, day INTEGER NOT NULL, id TEXT NOT NULL,
      user_hash INTEGER, stand_in INTEGER NOT NULL, amounts BLOB NOT NULL,
      PRIMARY KEY (collector_id, day, id)) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX event_id ON event (collector_id, id);
    CREATE TABLE family_owner (
      workspace_id INTEGER NOT NULL REFERENCES workspace, scope TEXT NOT NULL, measure TEXT NOT NULL,
      collector TEXT NOT NULL,
      PRIMARY KEY (workspace_id, scope, measure)) STRICT, WITHOUT ROWID;
    CREATE TABLE carried (
      workspace_id INTEGER NOT NULL REFERENCES workspace, scope TEXT NOT NULL, name TEXT NOT NULL,
      qualifier TEXT NOT NULL, measure TEXT NOT NULL, dimension TEXT NOT NULL, amount INTEGER NOT NULL,
      PRIMARY KEY (workspace_id, scope, measure, name, qualifier, dimension)) STRICT, WITHOUT ROWID;
    """
}
