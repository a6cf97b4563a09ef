import GRDB

/// The tables of the ledger. Instants are seconds since 1970, days are ordinals since 1970-01-01, amounts are in the
/// stored units of their measure.
enum LedgerSchema {
  /// Raised at every change of the tables.
  static var version: Int { steps.count }

  /// What leads from each version to the next. A new ledger takes every step, so that it is like one that was upgraded.
  private static let steps: [@Sendable (Database) throws -> Void] = [
    { try $0.execute(sql: tables) },
    { try $0.execute(sql: upgradeToVersion2) },
    { try $0.execute(sql: upgradeToVersion3) },
    { try upgradeToVersion4($0) },
    { try $0.execute(sql: upgradeToVersion5) },
    { try $0.execute(sql: upgradeToVersion6) },
    { try $0.execute(sql: upgradeToVersion7) },
  ]

  /// Makes the tables, or brings those of an older version up to this one, in the transaction of the caller.
  ///
  /// - Throws: ``LedgerError/newer(found:known:)`` for tables of a version that this one does not know.
  static func create(_ db: Database) throws {
    // SQLite shows the number as signed; none below 0 was ever written.
    let found = Int(UInt32(bitPattern: try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0))
    guard found <= version else { throw LedgerError.newer(found: found, known: version) }
    guard found < version else { return }
    for step in steps[found...] { try step(db) }
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// Version 1. What was released is never changed: later versions add steps.
  private static let tables = """
    CREATE TABLE workspace (
      id INTEGER PRIMARY KEY, provider TEXT NOT NULL, name TEXT NOT NULL,
      blocked_until REAL, refused_credential INTEGER,
      UNIQUE (provider, name)) STRICT;
    CREATE TABLE collector (
      id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace, name TEXT NOT NULL,
      baselined INTEGER NOT NULL DEFAULT 0, last_attempt REAL, last_success REAL, next_attempt REAL, data_through REAL,
      catching_up INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
      last_succeeded INTEGER NOT NULL DEFAULT 0, last_duration REAL NOT NULL DEFAULT 0,
      row_count INTEGER NOT NULL DEFAULT 0, zone TEXT NOT NULL DEFAULT '',
      UNIQUE (workspace_id, name)) STRICT;
    CREATE TABLE entity (
      id INTEGER PRIMARY KEY, collector_id INTEGER NOT NULL REFERENCES collector,
      scope TEXT NOT NULL, name TEXT NOT NULL, qualifier TEXT NOT NULL, attributes TEXT,
      UNIQUE (collector_id, scope, name, qualifier)) STRICT;
    CREATE TABLE series (
      id INTEGER PRIMARY KEY, collector_id INTEGER NOT NULL REFERENCES collector,
      entity_id INTEGER NOT NULL REFERENCES entity, measure TEXT NOT NULL, dimension TEXT NOT NULL,
      total INTEGER NOT NULL, hold_for REAL, hold_until REAL) STRICT;
    CREATE INDEX series_collector ON series (collector_id);
    CREATE TABLE bucket (
      id INTEGER PRIMARY KEY, collector_id INTEGER NOT NULL REFERENCES collector,
      kind TEXT NOT NULL, position INTEGER NOT NULL, read_at REAL,
      UNIQUE (collector_id, kind, position)) STRICT;
    CREATE TABLE cell (
      bucket_id INTEGER NOT NULL REFERENCES bucket, series_id INTEGER NOT NULL REFERENCES series,
      value INTEGER NOT NULL, counted INTEGER NOT NULL, moved INTEGER NOT NULL,
      PRIMARY KEY (bucket_id, series_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE window (
      id INTEGER PRIMARY KEY, collector_id INTEGER NOT NULL REFERENCES collector,
      kind TEXT NOT NULL, position INTEGER NOT NULL,
      UNIQUE (collector_id, kind, position)) STRICT;
    CREATE TABLE gauge (
      window_id INTEGER NOT NULL REFERENCES window, entity_id INTEGER NOT NULL REFERENCES entity,
      measure TEXT NOT NULL, dimension TEXT NOT NULL, value INTEGER NOT NULL,
      PRIMARY KEY (window_id, entity_id, measure, dimension)) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (
      collector_id INTEGER NOT NULL REFERENCES collector, measure TEXT NOT NULL,
      excess INTEGER NOT NULL, corrections INTEGER NOT NULL,
      PRIMARY KEY (collector_id, measure)) STRICT, WITHOUT ROWID;
    CREATE TABLE rejected (
      collector_id INTEGER NOT NULL REFERENCES collector, reason TEXT NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (collector_id, reason)) STRICT, WITHOUT ROWID;
    CREATE TABLE state (
      collector_id INTEGER NOT NULL REFERENCES collector, state TEXT NOT NULL, value INTEGER NOT NULL,
      PRIMARY KEY (collector_id, state)) STRICT, WITHOUT ROWID;
    CREATE TABLE folded_agent (
      workspace_id INTEGER NOT NULL REFERENCES workspace, name TEXT NOT NULL,
      PRIMARY KEY (workspace_id, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE salt (value INTEGER NOT NULL) STRICT;
    INSERT INTO salt VALUES (random());
    """
}
