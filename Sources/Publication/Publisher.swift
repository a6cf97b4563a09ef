package import Exposition
import Synchronization
package import Usage

/// The samples of all units, and the bodies made of them: composed and compressed once per change, handed out as bytes.
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
  private typealias Unit = [String: Piece]

  private struct Variant: Hashable {
    let format: ExpositionFormat
    let encoding: BodyEncoding
  }

  private struct State {
    var generation = 0
    var units: [WorkspaceID: [String: Unit]] = [:]
    var document: Document?
    var runs: [Variant: EncodedRun] = [:]
  }

  private static let metadata = Catalogue.published.map { FamilyMetadata($0.family) }
  private let state = Mutex(State())

  package init() {}

  /// Replaces the samples of some units; the pieces of all others keep their bytes.
  package func publish(_ units: [UnitKey: [String: Piece]]) {
    change { all in
      for (key, unit) in units { all[key.workspace, default: [:]][key.collector] = unit }
    }
  }

  /// Takes back everything of a workspace but the units that are named; without any, all of it.
  package func withdraw(_ workspace: WorkspaceID, keeping collectors: Set<String> = []) {
    change { all in
      all[workspace] = all[workspace]?.filter { collectors.contains($0.key) }
      if all[workspace]?.isEmpty == true { all[workspace] = nil }
    }
  }

  private func change(_ body: (inout [WorkspaceID: [String: Unit]]) -> Void) {
    state.withLock { state in
      body(&state.units)
      state.generation += 1
      state.document = nil
      state.runs = [:]
    }
  }

  /// Everything published, in one format and encoding, and a number that changes with it.
  package func run(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> (generation: Int, run: EncodedRun) {
    state.withLock { state in
      let variant = Variant(format: format, encoding: encoding)
      if let run = state.runs[variant] { return (state.generation, run) }
      let document = state.document ?? Self.compose(state.units)
      state.document = document
      let run = document.encoded(format, encoding)
      state.runs[variant] = run
      return (state.generation, run)
    }
  }

  /// Of everything published the part that is selected; composed anew each time, of pieces that are ready.
  ///
  /// With every collector, or some of them, comes what is told of their workspace as a whole.
  package func run(
    _ format: ExpositionFormat, _ encoding: BodyEncoding, of selection: ScrapeSelection
  ) -> EncodedRun {
    let units = state.withLock { state in
      guard let workspace = selection.workspace else { return state.units }
      return state.units.filter(only: workspace)
    }
    let selected = units.filter { selection.holds($0.key) }.mapValues { unit in
      unit.filter { $0.key.isEmpty || selection.holds(collector: $0.key) }
    }
    return Self.compose(selected).encoded(format, encoding)
  }

  private static func compose(_ units: [WorkspaceID: [String: Unit]]) -> Document {
    let workspaces = units.sorted { ($0.key.provider.rawValue, $0.key.name) < ($1.key.provider.rawValue, $1.key.name) }
    let ordered = workspaces.flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value) }
    let sections = metadata.map { metadata in
      Section(metadata: metadata, pieces: ordered.compactMap { $0[metadata.family.name] })
    }
    return Document(sections)
  }
}

extension Dictionary {
  fileprivate func filter(only key: Key) -> Self { self[key].map { [key: $0] } ?? [:] }
}
