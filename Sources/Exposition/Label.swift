/// A label before escaping.
package struct Label: Sendable, Hashable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Labels, escaped once and used for many samples.
///
/// A label with an empty value is left out, which in Prometheus' data model is the same label set.
package struct LabelSet: Sendable, Hashable {
  /// `name="value"`, separated by commas, without braces.
  package let bytes: [UInt8]

  package static let none = LabelSet([])

  package init(_ labels: [Label]) {
    self.init(labels, after: [])
  }

  private init(_ labels: [Label], after bytes: [UInt8]) {
    var bytes = bytes
    for label in labels where !label.value.isEmpty {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: label.name.utf8)
      bytes.append(UInt8(ascii: "="))
      bytes.append(UInt8(ascii: "\""))
      bytes.append(escaping: label.value, quotes: true)
      bytes.append(UInt8(ascii: "\""))
    }
    self.bytes = bytes
  }

  /// These labels and then `label`, whose name must be a new one.
  package func adding(_ label: Label) -> LabelSet {
    LabelSet([label], after: bytes)
  }

  /// These labels and `le`, in the form in which both formats agree.
  package func adding(bound: Double) -> LabelSet {
    var text: [UInt8] = []
    text.append(canonical: bound)
    return adding(Label("le", String(decoding: text, as: UTF8.self)))
  }
}

extension [UInt8] {
  /// Adds what stands before the value of a sample: its name, the labels in braces if there are any, and a space.
  mutating func append(head name: String, _ labels: LabelSet) {
    append(contentsOf: name.utf8)
    if !labels.bytes.isEmpty {
      append(UInt8(ascii: "{"))
      append(contentsOf: labels.bytes)
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: " "))
  }
}
