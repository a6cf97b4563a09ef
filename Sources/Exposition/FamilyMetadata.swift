/// The lines that stand before a family's samples, ready in both formats.
///
/// Made once per family and kept: making it compresses, which costs more than the rest of a small section.
package struct FamilyMetadata: Sendable {
  package let family: Family
  private let text: Piece
  private let openMetrics: Piece

  package init(_ family: Family) {
    self.family = family
    text = Piece(identity: FamilyMetadata.textLines(family), samples: 0)
    openMetrics = Piece(identity: FamilyMetadata.openMetricsLines(family), samples: 0)
  }

  package func lines(_ format: ExpositionFormat) -> Piece {
    switch format {
    case .text: text
    case .openMetrics: openMetrics
    }
  }

  /// Text 0.0.4, "Comments, help text, and type information": backslash and line feed are escaped.
  private static func textLines(_ family: Family) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(contentsOf: "# HELP \(family.name) ".utf8)
    bytes.append(escaping: family.help, quotes: false)
    bytes.append(contentsOf: "\n# TYPE \(family.name) \(family.kind.rawValue)\n".utf8)
    return bytes
  }

  /// OpenMetrics 1.0, "Metric Family": a unit must be the suffix of the name; help also escapes quotes.
  private static func openMetricsLines(_ family: Family) -> [UInt8] {
    let name = family.openMetricsName
    var bytes = Array("# TYPE \(name) \(family.kind.rawValue)\n".utf8)
    if let unit = family.unit, !unit.isEmpty, name.hasSuffix("_\(unit)") {
      bytes.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8)
    }
    bytes.append(contentsOf: "# HELP \(name) ".utf8)
    bytes.append(escaping: family.help, quotes: true)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
