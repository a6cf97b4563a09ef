package import Foundation
package import Usage

extension Ledger {
  /// Who publishes what of a workspace's shared families.
  package func sharedFamilies(of workspace: WorkspaceID) throws(LedgerError) -> SharedFamilies {
    try read { db in try FamilyRows.load(of: workspace, from: db) }
  }

  /// When a collector succeeded last, whether it is registered in this process or not.
  package func lastSuccess(of id: CollectorID) throws(LedgerError) -> Date? {
    try read { db in try FamilyRows.lastSuccess(of: id, from: db) }
  }

  /// Lets `collector` publish a family from here on, in one transaction.
  ///
  /// The first owner begins with what it has counted; a later one goes on from where the one before stood. A counter of the
  /// new owner that is still held at 0, while the old owner's was shown, is held no longer: its book changes.
  ///
  /// - Returns: the shared families after it.
  /// - Throws: ``LedgerError/notWritten(reason:)`` or ``LedgerError/overflow``; then nothing has changed.
  @discardableResult
  package func transfer(_ family: SeriesFamily, to collector: String, in workspace: WorkspaceID) throws(LedgerError)
    -> SharedFamilies
  {
    let (families, released) = try write { db in
      var families = try FamilyRows.load(of: workspace, from: db)
      let owner = families.owners[family]
      var released: [SeriesKey: SeriesState] = [:]
      if owner == collector { return (families, released) }
      if let owner {
        let old = try FamilyRows.counters(of: family, in: CollectorID(workspace, owner), from: db)
        let new = try FamilyRows.counters(of: family, in: CollectorID(workspace, collector), from: db)
        let keys = try families.hand(family, from: old, to: new)
        released = new.filter { keys.contains($0.key) }
      }
      families.owners[family] = collector
      try FamilyRows.save(families, family, of: workspace, in: self.writer(db))
      try FamilyRows.release(released.values, in: self.writer(db))
      return (families, released)
    }
    release(released.keys, of: CollectorID(workspace, collector))
    return families
  }

  private func release(_ keys: some Collection<SeriesKey>, of id: CollectorID) {
    guard !keys.isEmpty else { return }
    shelves[id]?.book.revision += 1
    for place in keys.compactMap({ shelves[id]?.book.series.place(of: $0) }) {
      shelves[id]?.book.series[stateAt: place].hold = .released
    }
  }
}
