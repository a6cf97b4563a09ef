import Foundation
import Ledger
import Publication
import Upstream
import Usage

extension WorkspaceCollection {
  /// Renders everything, in place of whatever a predecessor has published: no scrape sees something of both.
  func publishAll(at now: Date) {
    publish(Array(members.indices), at: now, isWhole: true)
  }

  /// Renders some collectors, and the workspace as a whole.
  func publish(_ indices: [Int], at now: Date, isWhole: Bool = false) {
    // What has been replaced must not write over its successor.
    if isRetired { return }
    publishedDay = plan.policy.calendar.day(at: now)
    var units: [Publisher.UnitKey: Publisher.Unit] = [:]
    // Where collectors tell of the same things, what one of them shows depends on the others.
    for index in plan.preference.isEmpty ? indices : Array(members.indices) {
      units[unit(members[index].id.name)] = render(index, at: now)
    }
    var standing = WorkspaceStanding()
    standing.books = members.map(\.book)
    standing.current = members.filter { $0.facts.isFresh($0.book, at: now) }.map(\.book)
    standing.authFailed = authFailed
    standing.folded = folded
    standing.series = members.reduce(0) { $0 + $1.seriesCount }
    standing.duplicates = Int64(duplicates.count)
    standing.requests = counter.tally
    var renderer = WorkspaceRenderer(plan.facts, standing, at: now)
    units[unit("")] = renderer.render().finish()
    environment.publisher.publish(units, wholeOf: isWhole ? plan.id : nil)
  }

  private func render(_ index: Int, at now: Date) -> Publisher.Unit {
    let member = members[index]
    var book = member.book
    if let pause = pause(at: now), let next = book.progress.nextAttempt {
      book.progress.nextAttempt = max(next, pause.until)
    }
    var renderer = CollectorRenderer(
      member.facts, book: book, at: now, lines: member.lines, sharing: sharing(index, at: now))
    let pieces = renderer.render().finish()
    members[index].lines = renderer.lines
    members[index].seriesCount = renderer.seriesCount
    duplicates.formUnion(renderer.duplicates)
    return pieces
  }

  private func sharing(_ index: Int, at now: Date) -> SeriesSharing {
    let name = members[index].id.name
    var sharing = SeriesSharing()
    sharing.hidden = hiddenFamilies(of: name)
    sharing.owned = ownedFamilies(of: name)
    sharing.families = shared
    for member in members[..<index] where member.facts.isFresh(member.book, at: now) {
      sharing.take(
        member.book, hidden: hiddenFamilies(of: member.id.name), alsoIn: members[index].book)
    }
    return sharing
  }

  private func unit(_ collector: String) -> Publisher.UnitKey {
    Publisher.UnitKey(workspace: plan.id, collector: collector)
  }
}
