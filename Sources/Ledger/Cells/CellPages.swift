import Foundation
import GRDB

/// Statements about the pages of cells.
enum CellPages {
  /// Hands on every cell that a query finds.
  ///
  /// - Parameters:
  ///   - sql: gives the columns `bucket_id`, `page` and `content` first, others of use to `body` after them.
  ///   - body: gets the row, and in it one cell after another.
  /// - Throws: `DatabaseError` with `SQLITE_CORRUPT` for a page that is damaged.
  static func forEachCell(
    _ sql: String, _ arguments: StatementArguments, in db: Database,
    _ body: (_ row: Row, _ series: Int64, Cell) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    while let row = try rows.next() {
      let (bucket, number): (Int64, Int64) = (row[0], row[1])
      do {
        try row.withUnsafeData(atIndex: 2) { data in
          try (data ?? Data()).withUnsafeBytes { bytes in
            try CellPage.forEachCell(in: bytes, bucket: bucket, number: number) { try body(row, $0, $1) }
          }
        }
      } catch is DamagedPage {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "page \(number) of bucket \(bucket) is damaged")
      }
    }
  }

  /// Reads all pages.
  ///
  /// - Throws: as ``forEachCell(_:_:in:_:)`` does.
  static func check(_ db: Database) throws {
    try forEachCell("SELECT bucket_id, page, content FROM cell_page", [], in: db) { _, _, _ in }
  }

  /// The page with a number, without cells if the store does not have it.
  static func page(_ number: Int64, of bucket: Int64, in db: Database) throws -> CellPage {
    var page = CellPage(bucket: bucket, number: number)
    try forEachCell(
      "SELECT bucket_id, page, content FROM cell_page WHERE bucket_id = ? AND page = ?", [bucket, number], in: db
    ) { page[$1] = $2 }
    return page
  }

  static func save(_ page: CellPage, in writer: LedgerWriter) throws {
    try writer.run(
      """
      INSERT INTO cell_page (bucket_id, page, content) VALUES (?, ?, ?)
      ON CONFLICT (bucket_id, page) DO UPDATE SET content = excluded.content
      """, [page.bucket, page.number, page.encoded()])
  }
}
