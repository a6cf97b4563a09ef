/// What version 1 wrote, to the letter. It never changes.
enum VersionOne {
  /// Noon of 2025-07-01, UTC, is 1751371200; the day is the 20270th.
  static let content = """
    INSERT INTO workspace VALUES (1, 'dust', 'acme', 1751371200.0, -5);
    INSERT INTO collector VALUES
      (1, 1, 'agents', 1, 1751371200.0, 1751371200.0, 1751373000.0, 1751371200.0, 0, 0, 1, 1.5, 9, 'UTC'),
      (2, 1, 'fresh', 0, 1751371200.0, NULL, NULL, NULL, 0, 1, 0, 0.0, 0, 'UTC');
    INSERT INTO entity VALUES
      (1, 1, 'agent', 'a', '', '[["name","A"]]'), (2, 1, 'agent', 'nul \\0', '', NULL);
    INSERT INTO series VALUES (1, 1, 1, 'messages', '', 7, NULL, NULL), (2, 1, 2, 'messages', '', 3, 120.0, NULL);
    INSERT INTO bucket VALUES
      (1, 1, 'day', 20270, 1751371200.0), (2, 1, 'day', 20269, 1751371200.0), (3, 2, 'day', 20270, 1751371200.0),
      (4, 1, 'day', 20200, NULL);
    INSERT INTO cell VALUES (1, 1, 8, 10, 0), (1, 2, 3, 3, 0), (2, 1, 5, 5, 0);
    INSERT INTO window VALUES (1, 1, 'month', 20270);
    INSERT INTO gauge VALUES (1, 1, 'messages', '', 21);
    INSERT INTO tally VALUES (1, 'messages', 2, 1);
    INSERT INTO rejected VALUES (1, 'negative', 4);
    INSERT INTO state VALUES (1, 'phoneNumbersUsed', 12);
    INSERT INTO folded_agent VALUES (1, 'z');
    """

  static let tables = """
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
