import Foundation
package import Ledger
import Providers
import Publication
package import Settings
package import Upstream
package import Usage

/// The workspaces as the configuration has them: who is collected, from the start and after each reload.
package actor WorkspaceRoster {
  private struct Entry {
    let settings: WorkspaceSettings
    let collection: WorkspaceCollection
  }

  /// What a reload has changed.
  package struct Change: Sendable {
    package var added: [WorkspaceID] = []
    package var changed: [WorkspaceID] = []
    package var removed: [WorkspaceID] = []
    /// Why the books of a workspace could not be opened; it is tried again with each scrape.
    package var ledgerFault: LedgerError?
  }

  private let coordinator: ScrapeCoordinator
  private let environment: CollectionEnvironment
  private let transports: TransportPool
  private var entries: [WorkspaceID: Entry] = [:]

  package init(coordinator: ScrapeCoordinator, environment: CollectionEnvironment, transports: TransportPool) {
    self.coordinator = coordinator
    self.environment = environment
    self.transports = transports
  }

  /// Collects these workspaces from now on. Those whose settings are the same go on undisturbed; all keep their counters,
  /// also those that were gone for a while.
  ///
  /// Not to be called again before it has returned.
  ///
  /// - Throws: what reading a secret throws, and then nothing has changed.
  package func adopt(_ settings: [WorkspaceSettings]) async throws -> Change {
    let fresh = try settings.filter { entries[$0.id]?.settings != $0 }.map(make)
    var change = change(to: settings)
    transports.renewTrust()
    for id in change.changed + change.removed { await entries[id]?.collection.retire() }
    for id in change.removed { entries[id] = nil }
    for id in settings.map(\.id) where !change.added.contains(id) && !change.changed.contains(id) {
      await entries[id]?.collection.renewSecret(at: environment.clock.now())
    }
    for entry in fresh {
      entries[entry.settings.id] = entry
      do {
        try await entry.collection.open()
      } catch {
        change.ledgerFault = error
      }
    }
    coordinator.replace(settings.compactMap { entries[$0.id]?.collection })
    for id in change.removed { environment.publisher.withdraw(id) }
    await coordinator.noteLedger()
    return change
  }

  private func make(_ settings: WorkspaceSettings) throws -> Entry {
    Entry(
      settings: settings,
      collection: try WorkspaceAssembly.make(
        settings, environment: environment, transports: transports,
        continuing: entries[settings.id]?.collection.counter))
  }

  private func change(to settings: [WorkspaceSettings]) -> Change {
    let ids = Set(settings.map(\.id))
    return Change(
      added: settings.map(\.id).filter { entries[$0] == nil },
      changed: settings.filter { entries[$0.id].map(\.settings) ?? $0 != $0 }.map(\.id),
      removed: entries.keys.filter { !ids.contains($0) }.sorted { $0.description < $1.description })
  }
}
