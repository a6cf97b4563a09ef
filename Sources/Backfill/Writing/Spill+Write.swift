import Collection
import Exposition
import Foundation
import GRDB
import Ledger
import Publication
import Settings
import Usage

/// What was written.
package struct BackfillSummary: Sendable, Equatable {
  package let series: Int
  package let samples: Int
}

extension Spill {
  /// Writes what was read. Holds this actor's thread until it is done, and no other.
  func write(
    _ settings: [WorkspaceSettings], _ format: Backfill.Format, observer: any BackfillObserver,
    into sink: @Sendable ([UInt8]) throws -> Void
  ) throws -> BackfillSummary {
    try read { db in
      let families = try outline(settings, from: db)
      let total = families.reduce(0) { $0 + $1.series.count }
      var written = 0
      var writer = DocumentWriter(format)
      func count() {
        written += 1
        observer.wrote(written, of: total)
      }
      try writer.write(families, from: db, wrote: count, into: sink)
      return BackfillSummary(series: total, samples: writer.count)
    }
  }

  /// The families of all workspaces in the order of the catalogue.
  private func outline(_ settings: [WorkspaceSettings], from db: Database) throws -> [OutlinedFamily] {
    var families: [String: OutlinedFamily] = [:]
    for workspace in settings {
      let outline = try WorkspaceOutline(
        workspace.id, in: workspace.calendar, members: members(of: workspace.id),
        preference: WorkspaceAssembly.plan(workspace).preference, maxAgents: workspace.maxAgents, from: db)
      families.merge(outline.families) { known, more in
        var all = known
        all.series += more.series
        return all
      }
    }
    return Catalogue.all.compactMap { families[$0.family.name] }
  }

  private func members(of workspace: WorkspaceID) -> [WorkspaceOutline.Member] {
    units.compactMap { unit in
      guard unit.id.workspace == workspace, let row = row(of: unit), !isDisabled(unit) else { return nil }
      return WorkspaceOutline.Member(row: row, unit: unit)
    }
  }
}

extension Backfill {
  /// Writes what was read.
  ///
  /// - Parameter sink: takes the document in pieces, on a thread that may wait for a disk.
  /// - Throws: ``BackfillFailure``, `CancellationError`, or what `sink` throws.
  package func write(_ format: Format, into sink: @Sendable ([UInt8]) throws -> Void) async throws -> BackfillSummary {
    try await spill.write(settings, format, observer: surroundings.observer, into: sink)
  }
}
