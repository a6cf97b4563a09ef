package import Exposition
import Synchronization

/// The samples of all units, and the bodies made of them: composed and compressed once per change, handed out as bytes.
package final class Publisher: Sendable {
  /// What renders together: a collector, or a workspace as a whole.
  package struct UnitKey: Hashable, Comparable, Sendable {
    package let workspace: String
    package let collector: String

    package init(workspace: String, collector: String = "") {
      self.workspace = workspace
      self.collector = collector
    }

    package static func < (left: UnitKey, right: UnitKey) -> Bool {
      (left.workspace, left.collector) < (right.workspace, right.collector)
    }
  }

  private struct Variant: Hashable {
    let format: ExpositionFormat
    let encoding: BodyEncoding
  }

  private struct State {
    var generation = 0
    var units: [UnitKey: [String: Piece]] = [:]
    var document: Document?
    var runs: [Variant: EncodedRun] = [:]
  }

  private static let metadata = Catalogue.published.map { FamilyMetadata($0.family) }
  private let state = Mutex(State())

  package init() {}

  /// Replaces the samples of some units; the pieces of all others keep their bytes.
  package func publish(_ units: [UnitKey: [String: Piece]]) {
    state.withLock { state in
      state.units.merge(units) { $1 }
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

  private static func compose(_ units: [UnitKey: [String: Piece]]) -> Document {
    let ordered = units.sorted { $0.key < $1.key }.map(\.value)
    let sections = metadata.map { metadata in
      Section(metadata: metadata, pieces: ordered.compactMap { $0[metadata.family.name] })
    }
    return Document(sections)
  }
}
