import Foundation
import GRDB
import Usage

/// The tables with the most rows. They are read and written in the order of their keys, so that each page is touched once,
/// however many there are.
extension CollectorRows {
  /// Every cell of a bucket.
  func cells(of bucket: Bucket, book: CollectorBook, in db: Database) throws -> BucketCells {
    guard book.readAt[bucket] != nil || !book.series.isEmpty, let id = try row(of: bucket, in: db) else {
      return BucketCells(of: book.series)
    }
    var cells = BucketCells(of: book.series)
    try CellPages.forEachCell(
      "SELECT bucket_id, page, content FROM cell_page WHERE bucket_id = ? ORDER BY page", [id], in: db
    ) { cells.append($2, of: $1) }
    return cells
  }

  private func row(of bucket: Bucket, in db: Database) throws -> Int64? {
    let column = bucket.columns
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM bucket WHERE collector_id = ? AND kind = ? AND position = ?"),
      arguments: [collector, column.kind, column.position])
  }

  mutating func saveSeries(_ update: BookUpdate, in writer: LedgerWriter) throws {
    for (key, state) in update.series[update.new] {
      let columns = state.hold.columns
      try writer.run(
        "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          state.row, collector, try row(of: key.entity, in: writer), key.measure.rawValue, key.dimension, state.total,
          columns.duration, columns.end,
        ])
    }
    // Those of the book are there: what an insertion would need besides is never used, and a reference to nothing refused.
    try writer.run(
      (
        "INSERT INTO series (id, collector_id, entity_id, measure, dimension, total) VALUES", "(?, 0, 0, '', '', ?)",
        "ON CONFLICT (id) DO UPDATE SET total = excluded.total"
      ), pairs: update.grown.map { (update.series[stateAt: $0].row, update.series[stateAt: $0].total) })
  }

  func saveBucket(_ bucket: Bucket, _ update: BookUpdate, book: CollectorBook, in writer: LedgerWriter) throws {
    let column = bucket.columns
    let readAt = update.readAt[bucket] ?? book.readAt[bucket]
    let untold = update.untold[bucket] ?? book.untold(bucket)
    try writer.run(
      """
      INSERT INTO bucket (collector_id, kind, position, read_at, untold) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (collector_id, kind, position) DO UPDATE SET read_at = excluded.read_at, untold = excluded.untold
      """, [collector, column.kind, column.position, readAt?.seconds, MeasureText.encode(untold)])
    guard let cells = update.cells[bucket], let id = try row(of: bucket, in: writer.db()) else { return }
    let pages = Dictionary(grouping: cells) { CellPage.number(of: $0.series) }
    for (number, changes) in pages.sorted(by: { $0.key < $1.key }) {
      var page = try CellPages.page(number, of: id, in: writer.db())
      for change in changes { page[change.series] = change.cell }
      try CellPages.save(page, in: writer)
    }
  }
}
