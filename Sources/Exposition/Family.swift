/// What all samples of one name have in common.
package struct Family: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case counter, gauge, histogram
  }

  /// The name as samples carry it in text 0.0.4: a counter's ends in `_total`.
  package let name: String
  package let kind: Kind
  package let help: String
  /// The base unit, as `seconds`; OpenMetrics shows it where its family name ends in it.
  package let unit: String?

  package init(_ name: String, _ kind: Kind, help: String, unit: String? = nil) {
    assert(Family.isName(name), "a family's name has letters, digits and underscores only")
    assert(kind != .counter || name.hasSuffix("_total"), "a counter's name ends in _total")
    self.name = name
    self.kind = kind
    self.help = help
    self.unit = unit
  }

  /// OpenMetrics 1.0 names a counter's family without the `_total` that its samples carry.
  package var openMetricsName: String {
    kind == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
  }

  /// Whether `text` is a legacy name, which every parser reads without quotes.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
