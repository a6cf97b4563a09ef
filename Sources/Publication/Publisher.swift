package import Exposition
import Synchronization
package import Usage

/// The samples of all units: each rendered and compressed when it changes, handed out as it is.
package final class Publisher: Sendable {
  /// What renders together: a collector, or a workspace as a whole.
  package struct UnitKey: Hashable, Sendable {
    package let workspace: WorkspaceID
    /// Empty for the workspace as a whole.
    package let collector: String

    package init(workspace: WorkspaceID, collector: String = "") {
      self.workspace = workspace
      self.collector = collector
    }
  }

  /// The pieces of a unit, by the names of their families.
  package typealias Unit = [String: [Piece]]

  private struct State {
    var generation = 0
    var units: [WorkspaceID: [String: Unit]] = [:]
  }

  /// Everything, as of one change.
  private struct Composed {
    var generation = -1
    var document = Document.empty
    var joiners: [String: PieceJoiner] = [:]
  }

  private let metadata: [FamilyMetadata]
  private let state = Mutex(State())
  /// Apart, so that nobody who publishes or looks for changes waits for a document.
  private let composed = Mutex(Composed())
  /// Has an element after one change or several.
  package let changes: AsyncStream<Void>
  private let change: AsyncStream<Void>.Continuation

  /// - Parameter families: those that can be published, in their order.
  package init(_ families: [Family] = Catalogue.published.map(\.family)) {
    metadata = families.map(FamilyMetadata.init)
    (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Replaces the samples of some units; the pieces of all others keep their bytes.
  ///
  /// - Parameter workspace: one of which these are all the units that there are from now on.
  package func publish(_ units: [UnitKey: Unit], wholeOf workspace: WorkspaceID? = nil) {
    change { all in
      if let workspace { all[workspace] = nil }
      for (key, unit) in units { all[key.workspace, default: [:]][key.collector] = unit }
    }
  }

  /// Takes back everything of a workspace.
  package func withdraw(_ workspace: WorkspaceID) {
    change { $0[workspace] = nil }
  }

  private func change(_ body: (inout [WorkspaceID: [String: Unit]]) -> Void) {
    state.withLock { state in
      body(&state.units)
      state.generation += 1
    }
    change.yield()
  }

  /// Grows with every change.
  package var generation: Int { state.withLock(\.generation) }

  /// Everything published, and the number of the change that made it so.
  package func document() -> (generation: Int, document: Document) {
    composed.withLock { composed in
      let state = state.withLock { $0 }
      if composed.generation != state.generation {
        composed.document = compose(state.units).joined(by: &composed.joiners)
        composed.generation = state.generation
      }
      return (composed.generation, composed.document)
    }
  }

  /// Of everything published the part that is selected; put together anew each time, of pieces that are ready.
  ///
  /// With every collector, or some of them, comes what is told of their workspace as a whole.
  package func document(of selection: ScrapeSelection) -> Document {
    let units = state.withLock { state in
      guard let workspace = selection.workspace else { return state.units }
      return state.units.filter(only: workspace)
    }
    let selected = units.filter { selection.holds($0.key) }.mapValues { unit in
      unit.filter { $0.key.isEmpty || selection.holds(collector: $0.key) }
    }
    return compose(selected)
  }

  private func compose(_ units: [WorkspaceID: [String: Unit]]) -> Document {
    let workspaces = units.sorted { ($0.key.provider.rawValue, $0.key.name) < ($1.key.provider.rawValue, $1.key.name) }
    let ordered = workspaces.flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value) }
    let sections = metadata.map { metadata in
      Section(metadata: metadata, pieces: ordered.flatMap { $0[metadata.family.name] ?? [] })
    }
    return Document(sections)
  }
}

extension Dictionary {
  fileprivate func filter(only key: Key) -> Self { self[key].map { [key: $0] } ?? [:] }
}
