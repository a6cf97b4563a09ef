import GRDB

/// The tables of what was read. Days are ordinals since 1970-01-01, amounts are in the stored units of their measure.
/// Names are bytes, so that one with a NUL in it stays whole.
enum SpillSchema {
  /// Of a series of active users, which have no measure.
  static let users = ""

  static let tables = """
    CREATE TABLE identity (json TEXT NOT NULL) STRICT;
    CREATE TABLE unit (
      id INTEGER PRIMARY KEY, provider TEXT NOT NULL, workspace TEXT NOT NULL, collector TEXT NOT NULL,
      first INTEGER NOT NULL, last INTEGER NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,
      UNIQUE (provider, workspace, collector)) STRICT;
    CREATE TABLE done (
      unit_id INTEGER NOT NULL REFERENCES unit, day INTEGER NOT NULL,
      PRIMARY KEY (unit_id, day)) STRICT, WITHOUT ROWID;
    CREATE TABLE series (
      id INTEGER PRIMARY KEY, unit_id INTEGER NOT NULL REFERENCES unit, scope TEXT NOT NULL, name BLOB NOT NULL,
      qualifier BLOB NOT NULL, measure TEXT NOT NULL, dimension TEXT NOT NULL,
      UNIQUE (unit_id, scope, name, qualifier, measure, dimension)) STRICT;
    CREATE TABLE cell (
      series_id INTEGER NOT NULL REFERENCES series, day INTEGER NOT NULL, value INTEGER NOT NULL,
      PRIMARY KEY (series_id, day)) STRICT, WITHOUT ROWID;
    CREATE INDEX cell_day ON cell (day);
    CREATE TABLE attribute (
      unit_id INTEGER NOT NULL REFERENCES unit, scope TEXT NOT NULL, name BLOB NOT NULL, qualifier BLOB NOT NULL,
      day INTEGER NOT NULL, json BLOB NOT NULL,
      PRIMARY KEY (unit_id, scope, name, qualifier)) STRICT, WITHOUT ROWID;
    """
}
