import Foundation
import Upstream
import Usage

/// The rows of some local days, page by page, newest first.
struct TessReader: Sendable {
  /// Rows, and those of their ids that are known from an earlier reading, with whether that was provisional.
  struct Rows: Sendable {
    let rows: [TessRow]
    let known: [String: Bool]
  }

  private let api: TessAPI
  private let source: CollectorSource
  /// The days to ask for: in which zone Tess cuts its days is not documented, so there is one more at either end.
  private let days: DaySpan
  /// Rows of before this instant are of no day that is asked for, in whatever zone.
  private let earliest: Date
  private var descent: TessDescent
  private(set) var rejected: [RowRejection] = []

  var reachedKnown: Bool { descent.reachedKnown }

  init(_ api: TessAPI, _ source: CollectorSource, _ span: DaySpan, of demand: Demand, stopsAtKnown: Bool) {
    self.api = api
    self.source = source
    days = DaySpan(span.first.advanced(by: -1), through: span.last.advanced(by: 1))
    let calendar = demand.calendar
    earliest = LocalCalendar.utc.start(of: days.first.advanced(by: -1))
    // Above today there is the future, which must be seen to be refused.
    let ceiling = span.last < demand.today ? calendar.start(of: span.last.advanced(by: 1)) : .distantFuture
    descent = TessDescent(from: calendar.start(of: span.first), to: ceiling, stopsAtKnown: stopsAtKnown)
  }

  /// - Returns: nil when there are no more.
  /// - Throws: ``UpstreamFailure``, or what the journal throws.
  mutating func next() async throws -> Rows? {
    while let window = descent.next {
      let page = try await api.page(window, of: days, from: source.api)
      let known = try await source.journal.known(page.rows.map(\.id))
      switch descent.take(page, known: Set(known.keys)) {
      case .rows(let rows):
        rejected += page.rejected
        rejected += page.rows.filter { $0.time < earliest }.map { _ in .outsideWindow }
        return Rows(rows: rows, known: known)
      case .torn: continue
      case .hopeless:
        throw UpstreamFailure(.schema, "the pages of the listing do not fit together; it is read anew next time")
      }
    }
    return nil
  }
}
