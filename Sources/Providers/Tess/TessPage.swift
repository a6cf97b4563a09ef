import Tabular
import Upstream
import Usage

/// One page of the listing, newest row first.
struct TessPage: Sendable {
  private(set) var rows: [TessRow] = []
  private(set) var rejected: [RowRejection] = []
  let hasMore: Bool

  /// - Throws: ``UpstreamFailure`` `.decode` or `.schema` if the page as a whole is not what it should be.
  init(_ body: [UInt8]) throws(UpstreamFailure) {
    var reader = JSONReader(.list(in: "items"), columns: TessRow.columns, required: TessRow.required)
    var rows: [TessRow] = []
    var rejected: [RowRejection] = []
    func take(_ record: borrowing Record) {
      do throws(RowRefused) {
        rows.append(try TessRow(record))
      } catch {
        rejected.append(error.reason)
      }
    }
    do {
      try reader.read(body.span, take)
      try reader.finish(take)
    } catch {
      throw .unreadable(error, isPage: body.isWebPage)
    }
    guard let more = reader.member("has_more")?.bool else { throw .schema("the answer has no \"has_more\"") }
    hasMore = more
    self.rows = rows
    self.rejected = rejected
  }

  var isEmpty: Bool { rows.isEmpty && rejected.isEmpty }
}
