import Foundation
import Tabular
import TestSupport

/// Random documents, and what Foundation makes of a document.
struct JSONRandom {
  static let columns = ["a", "b", "t.a", "t.b", "t.u.a", "u"]
  private static let names = ["a", "b", "t", "u", "ab", "aaaaaaa", "aaaaaaaa", "aaaaaaaaaaaaaaaa", "é", ""]
  private static let texts = [
    "", "a", "null", "\\n", "\\\\", "\\\"", "\\u00e9", "\\ud83e\\udd16", "é", "🤖", "]}", ",", "x\\/y",
  ]
  private static let numbers = ["0", "-0", "7", "-12", "0.5", "12e2", "1E-2", "9007199254740992", "-0.25e+1"]

  var random: SeededGenerator
  let shape: JSONReader.Shape

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    shape = [.array, .lines, .list(in: "list")][Int(seed % 3)]
  }

  mutating func document() -> [UInt8] {
    var records: [String] = []
    let isLines = shape == .lines
    for _ in 0..<Int.random(in: 0...6, using: &random) { records.append(object(depth: 0, isSpaced: !isLines)) }
    switch shape {
    case .lines: return Array((records.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")).utf8)
    case .array: return Array("\(space())[\(space())\(records.joined(separator: ","))\(space())]\(space())".utf8)
    case .list(let name):
      let members = ["\"\(name)\":[\(records.joined(separator: ","))]", "\"x\":\(value(depth: 0, isSpaced: true))"]
      return Array("{\(space())\(members.shuffled(using: &random).joined(separator: ","))\(space())}".utf8)
    }
  }

  private mutating func space() -> String {
    Bool.random(using: &random) ? "" : [" ", "\n", "\t\r\n", "  "].randomElement(using: &random) ?? ""
  }

  /// An object with each name once at most, in any order.
  private mutating func object(depth: Int, isSpaced: Bool) -> String {
    let names = Self.names.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random))
    let members = names.map { name in
      let gap = isSpaced ? space() : ""
      return "\(gap)\"\(name)\"\(gap):\(gap)\(value(depth: depth + 1, isSpaced: isSpaced))\(gap)"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private mutating func value(depth: Int, isSpaced: Bool) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<2 where depth < 5: return object(depth: depth, isSpaced: isSpaced)
    case 2 where depth < 5:
      let items = (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1, isSpaced: isSpaced) }
      return "[\(items.joined(separator: ","))]"
    case 3..<5: return Self.numbers.randomElement(using: &random) ?? ""
    case 5: return ["true", "false", "null"].randomElement(using: &random) ?? ""
    default:
      let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.texts.randomElement(using: &random) ?? ""
      }
      return "\"\(parts.joined())\""
    }
  }

  /// Changes, removes or adds some bytes, mostly such as mean something.
  mutating func mutated(_ document: [UInt8]) -> [UInt8] {
    var document = document
    let alphabet: [UInt8] = Array("{}[]\",:\\/ \n\t0123456789-+.eEnulltruefalsabt\u{1}".utf8) + [0xC3, 0xA9, 0xFF]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...document.count, using: &random)
      let byte = alphabet.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<4, using: &random) {
      case 0: document.insert(byte, at: place)
      case 1 where place < document.count: document.remove(at: place)
      case 2: document.removeSubrange(place..<min(place + 5, document.count))
      default: if place < document.count { document[place] = byte }
      }
    }
    return document
  }
}

extension JSONRandom {
  /// The document's records as Foundation reads them; nil if it refuses the document or finds no list of objects.
  ///
  /// It takes nothing but UTF-8, so it has the document repaired.
  func oracle(_ document: [UInt8]) -> [[String: Any]]? {
    switch shape {
    case .array: return Self.parse(document) as? [[String: Any]]
    case .list(let name): return (Self.parse(document) as? [String: Any])?[name] as? [[String: Any]]
    case .lines:
      let lines = document.split(separator: UInt8(ascii: "\n")).filter { $0.contains { !" \t\r".utf8.contains($0) } }
      let records = lines.compactMap { Self.parse(Array($0)) as? [String: Any] }
      return records.count == lines.count ? records : nil
    }
  }

  private static func parse(_ bytes: [UInt8]) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(String(decoding: bytes, as: UTF8.self).utf8))
  }

  /// The document with its faults, but without that in which Foundation differs from RFC 8259: it refuses half a surrogate
  /// pair and a number that no double holds, and takes a comma behind the last of an array or an object.
  static func withoutDifferences(_ document: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isExponent = false
    for (place, byte) in document.enumerated() {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isSurrogate = byte | 0x20 == UInt8(ascii: "d") && result.suffix(2).elementsEqual("\\u".utf8)
      // Inside a string each replacement is as valid as what it replaces.
      result.append((isExponent && isDigit) || isSurrogate ? UInt8(ascii: "0") : byte)
      isExponent = byte | 0x20 == UInt8(ascii: "e") || (isExponent && (isDigit || "+-".utf8.contains(byte)))
      let next = document[(place + 1)...].first { !" \t\r\n".utf8.contains($0) }
      if byte == UInt8(ascii: ","), let next, "]}".utf8.contains(next) { result.append(byte) }
    }
    return result
  }

  /// What a record has in a column, by Foundation; numbers and truth values as the number that they are.
  static func cell(_ record: [String: Any], _ column: String) -> OracleCell {
    var value: Any? = record
    for name in column.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
    switch value {
    case nil: return .absent
    case is NSNull: return .null
    case is [Any], is [String: Any]: return .composite
    case let text as String: return .text(Array(text.utf8))
    case let number as NSNumber: return .number(number.doubleValue)
    default: return .absent
    }
  }
}

enum OracleCell: Equatable {
  case absent
  case null
  case composite
  case text([UInt8])
  case number(Double)

  /// Whether the reader has made the same of it.
  func agrees(with cell: Cell) -> Bool {
    switch (self, cell) {
    case (.absent, .absent), (.null, .null), (.composite, .composite): return true
    case (.text(let bytes), .value(let other)): return bytes == other
    case (.number(let number), .value(let bytes)):
      let text = String(decoding: bytes, as: UTF8.self)
      return ["true": 1, "false": 0][text] ?? Double(text) == number
    default: return false
    }
  }
}
