/// Puts pieces of few lines together, so that these are compressed beside others like them.
///
/// What it made is kept for the next time: labels are compressed when they are new, and values when they have changed.
package struct PieceJoiner: Sendable {
  private typealias Few = (heads: LineHeads, values: [SampleValue])

  private struct Bundle: Sendable {
    let parts: [LineHeads]
    let values: [[SampleValue]]
    let template: LineTemplate
    let piece: Piece
  }

  /// By the mark of their first line.
  private var bundles: [UInt64: Bundle] = [:]

  /// Lines that are compressed together at the most, since one that changes takes the others along.
  private static let capacity = 1024

  package init() {}

  /// The same lines, none of them in pieces of few.
  package mutating func join(_ pieces: [Piece]) -> [Piece] {
    guard pieces.contains(where: \.isFew) else {
      bundles = [:]
      return pieces
    }
    var joined: [Piece] = []
    var made: [UInt64: Bundle] = [:]
    var pending: [Few] = []
    var lines = 0
    func close() {
      guard let first = pending.first else { return }
      let bundle = bundle(pending, like: bundles[first.heads.mark])
      made[first.heads.mark] = bundle
      joined.append(bundle.piece)
      pending = []
      lines = 0
    }
    for piece in pieces {
      guard let few = piece.few else {
        close()
        joined.append(piece)
        continue
      }
      if Self.opens(few.heads) || lines + few.heads.count > Self.capacity { close() }
      pending.append(few)
      lines += few.heads.count
    }
    close()
    bundles = made
    return joined
  }

  /// Bundles begin where a line says so, not where the one before is full: so what comes or goes in one leaves the others
  /// as they are. That is one piece in 64.
  private static func opens(_ heads: LineHeads) -> Bool { heads.mark >> 32 & 63 == 0 }

  private func bundle(_ parts: [Few], like known: Bundle?) -> Bundle {
    let heads = parts.map(\.heads)
    let values = parts.map(\.values)
    let alike = known.flatMap { $0.parts == heads ? $0 : nil }
    if let alike, alike.values == values { return alike }
    let template = alike?.template ?? LineTemplate(LineHeads(joining: heads))
    return Bundle(parts: heads, values: values, template: template, piece: template.piece(Array(values.joined())))
  }
}
