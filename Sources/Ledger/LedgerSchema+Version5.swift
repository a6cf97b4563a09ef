extension LedgerSchema {
  /// Adds the number of the last commit, which ``CommitMark`` keeps outside the database too.
  static let upgradeToVersion5 = """
    CREATE TABLE last_commit (number INTEGER NOT NULL) STRICT;
    INSERT INTO last_commit VALUES (0);
    """
}
