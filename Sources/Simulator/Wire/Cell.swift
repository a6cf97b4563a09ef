/// A value of an answer, before it becomes JSON or CSV.
enum Cell: Sendable {
  case text(String)
  /// Text whose bytes need not be UTF-8.
  case bytes([UInt8])
  case integer(Int64)
  /// Millionths: written as a decimal number.
  case micro(Int64)
  /// Written as a number with two decimals.
  case hundredths(Int64)
  /// Written as it stands, as a number.
  case literal(String)
  case flag(Bool)
  case null
  case object([Field])
  case list([Cell])

  struct Field: Sendable {
    let name: String
    let value: Cell

    init(_ name: String, _ value: Cell) {
      self.name = name
      self.value = value
    }
  }

  static func text(orNull text: String?) -> Cell { text.map { .text($0) } ?? .null }

  /// A quotient with two decimals.
  static func ratio(_ dividend: Int64, _ divisor: Int64) -> Cell {
    guard divisor != 0 else { return .null }
    return .micro((dividend * 100 + divisor / 2) / divisor * 10_000)
  }

  /// `1.25`, exactly, without trailing zeros.
  static func decimal(_ micro: Int64) -> String {
    let sign = micro < 0 ? "-" : ""
    let fraction = String(micro.magnitude % 1_000_000)
    var digits = String(repeating: "0", count: 6 - fraction.count) + fraction
    while digits.hasSuffix("0") { digits.removeLast() }
    return sign + String(micro.magnitude / 1_000_000) + (digits.isEmpty ? "" : "." + digits)
  }

  /// `1.20`.
  static func decimal(hundredths: Int64) -> String {
    let fraction = String(100 + hundredths.magnitude % 100).dropFirst()
    return (hundredths < 0 ? "-" : "") + String(hundredths.magnitude / 100) + "." + fraction
  }

  /// The number that this cell is written as, if it is one.
  private var number: String? {
    switch self {
    case .integer(let integer): String(integer)
    case .micro(let micro): Self.decimal(micro)
    case .hundredths(let amount): Self.decimal(hundredths: amount)
    case .literal(let literal): literal
    default: nil
    }
  }

  /// - Parameter quoted: whether numbers are written as strings.
  func writeJSON(into bytes: inout [UInt8], numbersQuoted quoted: Bool = false) {
    if let number {
      bytes += (quoted ? "\"\(number)\"" : number).utf8
      return
    }
    switch self {
    case .text(let text): Self.writeString(text.utf8, into: &bytes)
    case .bytes(let raw): Self.writeString(raw, into: &bytes)
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .object(let fields): Self.writeObject(fields, into: &bytes, numbersQuoted: quoted)
    case .list(let cells):
      bytes.append(UInt8(ascii: "["))
      for (offset, cell) in cells.enumerated() {
        if offset > 0 { bytes.append(UInt8(ascii: ",")) }
        cell.writeJSON(into: &bytes, numbersQuoted: quoted)
      }
      bytes.append(UInt8(ascii: "]"))
    default: bytes += "null".utf8
    }
  }

  private static func writeObject(_ fields: [Field], into bytes: inout [UInt8], numbersQuoted quoted: Bool) {
    bytes.append(UInt8(ascii: "{"))
    for (offset, field) in fields.enumerated() {
      if offset > 0 { bytes.append(UInt8(ascii: ",")) }
      writeString(field.name.utf8, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      field.value.writeJSON(into: &bytes, numbersQuoted: quoted)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func writeString(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        bytes += ("\\u00" + (hex.count < 2 ? "0" : "") + hex).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The bytes of a CSV field, quoted as RFC 4180 asks.
  func writeCSV(into bytes: inout [UInt8], numbersQuoted quoted: Bool) {
    if let number {
      bytes += (quoted ? "\"\(number)\"" : number).utf8
      return
    }
    let raw: [UInt8]
    switch self {
    case .text(let text): raw = Array(text.utf8)
    case .bytes(let given): raw = given
    case .flag(let flag): raw = Array((flag ? "true" : "false").utf8)
    case .object, .list:
      var json: [UInt8] = []
      writeJSON(into: &json)
      raw = json
    default: raw = []
    }
    // Comma, quote, LF and CR.
    guard raw.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      bytes += raw
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in raw {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
