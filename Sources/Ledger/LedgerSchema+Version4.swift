import GRDB

extension LedgerSchema {
  /// Puts cells side by side into pages, and a digest beside the counters.
  static func upgradeToVersion4(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE cell_page (
          id INTEGER PRIMARY KEY, bucket_id INTEGER NOT NULL REFERENCES bucket, page INTEGER NOT NULL,
          content BLOB NOT NULL,
          UNIQUE (bucket_id, page)) STRICT;
        ALTER TABLE collector ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
        """)
    for (collector, sum) in try SeriesDigest.sums(in: db) {
      try db.execute(sql: "UPDATE collector SET digest = ? WHERE id = ?", arguments: [sum, collector])
    }
    let writer = LedgerWriter(database: db, beforeWrite: nil)
    var page: CellPage?
    let rows = try Row.fetchCursor(
      db, sql: "SELECT bucket_id, series_id, value, counted, moved FROM cell ORDER BY bucket_id, series_id")
    while let row = try rows.next() {
      let (bucket, series): (Int64, Int64) = (row[0], row[1])
      let number = CellPage.number(of: series)
      if let full = page, full.bucket != bucket || full.number != number {
        try CellPages.save(full, in: writer)
        page = nil
      }
      if page == nil { page = CellPage(bucket: bucket, number: number) }
      page?[series] = Cell(value: row[2], counted: row[3], moved: row[4])
    }
    if let page { try CellPages.save(page, in: writer) }
    try db.execute(sql: "DROP TABLE cell")
  }
}
