import Foundation
import Ledger
import Publication
import Usage

/// Families that several collectors count. All of them go on counting; the most preferred one that works is published,
/// and goes on from where the one before it stood.
extension WorkspaceCollection {
  /// Takes up the owners from before a restart; one that is switched off meanwhile hands over.
  func restoreFamilies() async throws(LedgerError) {
    shared = try await environment.ledger.sharedFamilies(of: plan.id)
    for (family, names) in plan.preference {
      guard let owner = shared.owners[family], !isWorking(owner) else { continue }
      let success = try await environment.ledger.lastSuccess(of: CollectorID(plan.id, owner))
      guard let heir = names.first(where: { isWorking($0) && isAbreast($0, of: success) }) else { continue }
      do throws(LedgerError) {
        try await hand(family, to: heir)
      } catch {
        environment.report.ledgerChanged(failure: error)
      }
    }
  }

  /// After a collection: a collector that has just succeeded takes over from a less preferred one, and one that turns out
  /// not to be switched on at the provider hands over.
  func shareFamilies(after index: Int) async {
    let name = members[index].id.name
    for (family, names) in plan.preference where names.contains(name) {
      guard let owner = nextOwner(of: family, names, after: name), owner != shared.owners[family] else { continue }
      do {
        try await hand(family, to: owner)
      } catch {
        environment.report.ledgerChanged(failure: error)
      }
    }
  }

  private func hand(_ family: SeriesFamily, to name: String) async throws(LedgerError) {
    shared = try await environment.ledger.transfer(family, to: name, in: plan.id)
    // Holds may have ended, so that nothing that was shown falls.
    guard let index = members.firstIndex(where: { $0.id.name == name }),
      let book = await environment.ledger.book(of: members[index].id)
    else { return }
    adopt(book, index)
  }

  private func nextOwner(of family: SeriesFamily, _ names: [String], after name: String) -> String? {
    let owner = shared.owners[family]
    guard isWorking(name), succeeded(name) else {
      guard owner == name, !isWorking(name) else { return owner }
      return names.first { isWorking($0) && isAbreast($0, of: lastSuccess(of: name)) } ?? owner
    }
    guard let owner, isWorking(owner), isFresh(owner), let old = names.firstIndex(of: owner),
      let new = names.firstIndex(of: name)
    else {
      return name
    }
    return new < old ? name : owner
  }

  /// Whether a collector is switched on, here and at the provider, and has a baseline.
  private func isWorking(_ name: String) -> Bool {
    members.contains { $0.id.name == name && $0.book.progress.baselined && !$0.book.progress.unavailable }
  }

  /// Whether a collector has read all that one has that succeeded last at `success`, but for an interval or two. What it reads
  /// later than that, it would count once more; so it waits for its next success, and goes on from there.
  private func isAbreast(_ name: String, of success: Date?) -> Bool {
    guard let success else { return true }
    return members.contains { member in
      member.id.name == name
        && member.book.progress.lastSuccess.map { !member.schedule.isLong(since: $0, at: success) } ?? false
    }
  }

  private func lastSuccess(of name: String) -> Date? {
    members.first { $0.id.name == name }?.book.progress.lastSuccess
  }

  /// Whether what a collector has read is recent enough to be shown.
  private func isFresh(_ name: String) -> Bool {
    let now = environment.clock.now()
    return members.contains { $0.id.name == name && $0.facts.isFresh($0.book, at: now) }
  }

  private func succeeded(_ name: String) -> Bool {
    members.contains { $0.id.name == name && $0.book.progress.lastSucceeded }
  }

  /// The families that a collector counts without being the one that is published.
  func hiddenFamilies(of name: String) -> Set<SeriesFamily> {
    Set(plan.preference.keys.filter { plan.preference[$0]?.contains(name) == true && shared.owners[$0] != name })
  }

  func ownedFamilies(of name: String) -> Set<SeriesFamily> {
    Set(shared.owners.filter { $0.value == name }.keys)
  }
}
