import Foundation
import Usage

/// Reads a listing from its newest row downwards, page by page, and sees to it that no row slips through between two pages.
///
/// A value: pages in, the next page to ask for out.
struct TessDescent: Sendable {
  /// Rows at or after this instant are of no interest, and those before ``floor`` end the descent.
  private let ceiling: Date
  private let floor: Date
  /// Whether a row that is known from an earlier reading ends the descent, as everything below it is known too.
  private let stopsAtKnown: Bool
  /// The page to ask for; nil when the descent is over.
  private(set) var next: TessWindow? = .first
  /// Whether the descent ended at a row that is known, rather than at the floor or at the end of the listing.
  private(set) var reachedKnown = false
  private var last: Last?
  private var attempts = 0

  /// The window before, and its last row.
  private struct Last: Sendable {
    let window: TessWindow
    let ids: Set<String>
    let time: Date?
  }

  /// How much two pages must overlap, each time they turn out not to: rows vanish from above, and pages may be served from
  /// caches of different ages.
  private static let overlaps = [1, 8, 20, 40, 60]

  init(from floor: Date, to ceiling: Date, stopsAtKnown: Bool) {
    self.floor = floor
    self.ceiling = ceiling
    self.stopsAtKnown = stopsAtKnown
  }

  /// What a page brought.
  enum Step {
    /// Rows within the bounds, newest first.
    case rows([TessRow])
    /// The page does not follow upon the one before: it was not taken, and ``next`` asks for one that overlaps it more.
    case torn
    /// Pages do not fit together however often they are asked for.
    case hopeless
  }

  /// - Parameter known: the ids among the page's rows that are known from an earlier reading.
  mutating func take(_ page: TessPage, known: Set<String>) -> Step {
    guard let window = next else { return .rows([]) }
    guard follows(page) else { return retry() }
    attempts = 0
    let oldest = page.rows.last?.time
    if stopsAtKnown, page.endsKnown(known) {
      reachedKnown = true
      next = nil
    } else if !page.hasMore || oldest.map({ $0 < floor }) ?? false {
      next = nil
    } else {
      next = window.next(overlap: Self.overlaps[0])
    }
    last = Last(window: window, ids: Set(page.rows.map(\.id)), time: oldest ?? last?.time)
    return .rows(page.rows.filter { floor <= $0.time && $0.time < ceiling })
  }

  /// Whether nothing can lie between the page before and this one: they share a row, or this one begins above its end.
  private func follows(_ page: TessPage) -> Bool {
    guard let last else { return true }
    // Rows that were all refused prove nothing either way.
    guard let time = last.time, let first = page.rows.first else { return !page.isEmpty }
    return first.time > time || page.rows.contains { last.ids.contains($0.id) }
  }

  private mutating func retry() -> Step {
    attempts += 1
    guard attempts < Self.overlaps.count, let last,
      let window = last.window.next(overlap: Self.overlaps[attempts])
    else {
      next = nil
      return .hopeless
    }
    next = window
    return .torn
  }
}

extension TessPage {
  /// Whether the lowest row is known. An edited row says nothing: it may be new where its execution is old.
  fileprivate func endsKnown(_ known: Set<String>) -> Bool {
    rows.last { $0.state != .edited }.map { known.contains($0.id) } ?? false
  }
}
