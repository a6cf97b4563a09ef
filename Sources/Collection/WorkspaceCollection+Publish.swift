import Exposition
import Foundation
import Ledger
import Publication
import Upstream
import Usage

extension WorkspaceCollection {
  /// Renders some collectors, and the workspace as a whole.
  func publish(_ indices: [Int], at now: Date) {
    publishedDay = plan.policy.calendar.day(at: now)
    var units: [Publisher.UnitKey: [String: Piece]] = [:]
    for index in indices {
      units[unit(members[index].id.name)] = render(index, at: now)
    }
    var standing = WorkspaceStanding()
    standing.books = members.map(\.book)
    standing.authFailed = authFailed
    standing.folded = folded
    standing.series = members.reduce(0) { $0 + $1.seriesCount }
    standing.duplicates = Int64(duplicates.count)
    standing.requests = counter.tally
    var renderer = WorkspaceRenderer(plan.facts, standing, at: now)
    units[unit("")] = renderer.render().finish()
    environment.publisher.publish(units)
  }

  private func render(_ index: Int, at now: Date) -> [String: Piece] {
    let member = members[index]
    var book = member.book
    if let block, let next = book.progress.nextAttempt { book.progress.nextAttempt = max(next, block.until) }
    var renderer = CollectorRenderer(member.facts, book: book, at: now, taken: taken(before: index))
    let pieces = renderer.render().finish()
    members[index].seriesCount = renderer.seriesCount
    duplicates.formUnion(renderer.duplicates)
    return pieces
  }

  /// The counters that collectors before this one already give.
  private func taken(before index: Int) -> Set<SeriesKey> {
    let own = members[index].book.series
    return members[..<index].reduce(into: []) { taken, member in
      for key in member.book.series.keys where own[key] != nil { taken.insert(key) }
    }
  }

  private func unit(_ collector: String) -> Publisher.UnitKey {
    Publisher.UnitKey(workspace: plan.id.description, collector: collector)
  }
}
