import Foundation

/// A scrape as a parser reads it: samples by name and labels. Strict about what it reads.
package struct Scrape: Sendable {
  package struct Series: Hashable, Sendable {
    package let name: String
    package let labels: [String: String]

    package init(_ name: String, _ labels: [String: String] = [:]) {
      self.name = name
      self.labels = labels
    }
  }

  package struct Malformed: Error, CustomStringConvertible {
    package let description: String
  }

  package private(set) var samples: [Series: Double] = [:]
  package private(set) var types: [String: String] = [:]
  package private(set) var helps: [String: String] = [:]

  /// - Throws: `Malformed` at a line that is none, a series that comes twice, or a family that is not in one run.
  package init(_ text: String) throws {
    var closed: Set<String> = []
    var current = ""
    // Split at the newline itself: Swift takes CR LF for one character.
    for line in text.utf8.split(separator: UInt8(ascii: "\n")).map({ String($0) ?? "" }) {
      if line.hasPrefix("# EOF") { continue }
      if line.hasPrefix("# ") {
        let words = line.split(separator: " ", maxSplits: 3).map(String.init)
        guard words.count >= 3 else { throw Malformed(description: line) }
        if words[1] == "TYPE" { types[words[2]] = words[3] }
        if words[1] == "HELP" { helps[words[2]] = words.count > 3 ? words[3] : "" }
        if words[2] != current {
          guard closed.insert(words[2]).inserted else { throw Malformed(description: "\(words[2]) comes in two runs") }
          current = words[2]
        }
        continue
      }
      let (series, value) = try Self.sample(line)
      guard series.name.hasPrefix(current) else { throw Malformed(description: "\(series.name) among \(current)") }
      guard samples.updateValue(value, forKey: series) == nil else {
        throw Malformed(description: "twice: \(series)")
      }
    }
  }

  package subscript(_ name: String, _ labels: [String: String]) -> Double? { samples[Series(name, labels)] }

  /// The values of a family whose series carry at least `labels`.
  package func values(_ name: String, where labels: [String: String] = [:]) -> [Series: Double] {
    samples.filter { sample in
      sample.key.name == name && labels.allSatisfy { sample.key.labels[$0.key] == $0.value }
    }
  }

  private static func sample(_ line: String) throws -> (Series, Double) {
    var rest = Array(line.unicodeScalars)[...]
    func fail() -> Malformed { Malformed(description: line) }
    let name = String(String.UnicodeScalarView(rest.prefix { $0 != "{" && $0 != " " }))
    rest = rest.dropFirst(name.unicodeScalars.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest = rest.dropFirst()
      while rest.first != "}" {
        let label = String(String.UnicodeScalarView(rest.prefix { $0 != "=" }))
        rest = rest.dropFirst(label.unicodeScalars.count + 1)
        guard rest.first == "\"" else { throw fail() }
        labels[label] = try quoted(&rest)
        if rest.first == "," { rest = rest.dropFirst() }
        if rest.isEmpty { throw fail() }
      }
      rest = rest.dropFirst()
    }
    guard rest.first == " ", let value = Double(String(String.UnicodeScalarView(rest.dropFirst()))) else {
      throw fail()
    }
    return (Series(name, labels), value)
  }

  private static func quoted(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> String {
    var text = String.UnicodeScalarView()
    rest = rest.dropFirst()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(text)
      case "\\":
        switch rest.popFirst() {
        case "n": text.append("\n")
        case "\\": text.append("\\")
        case "\"": text.append("\"")
        default: throw Malformed(description: "an escape that is none")
        }
      default: text.append(scalar)
      }
    }
    throw Malformed(description: "a label value without end")
  }
}
