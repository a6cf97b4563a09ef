/// The bytes of a configuration file as text that a YAML parser takes.
enum SourceText {
  /// - Throws: the first byte or character that no YAML file may hold.
  static func decode(_ bytes: [UInt8]) throws(DocumentFault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentFault(firstInvalid(bytes), "this is not UTF-8: save the file in the encoding UTF-8")
    }
    // Some editors begin a file with a byte order mark.
    let scalars = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    var place = Place.start
    for scalar in scalars {
      guard isAllowed(scalar) else {
        let name = scalar == "\0" ? "a NUL byte" : "a control character"
        throw DocumentFault(place, "\(name) is not allowed in YAML: remove it")
      }
      place = after(scalar, at: place)
    }
    return String(scalars)
  }

  /// YAML's printable characters, as libyaml checks them.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...: true
    default: false
    }
  }

  private static func after(_ scalar: Unicode.Scalar, at place: Place) -> Place {
    scalar == "\n" ? Place(line: place.line + 1, column: 1) : Place(line: place.line, column: place.column + 1)
  }

  private static func firstInvalid(_ bytes: [UInt8]) -> Place {
    var place = Place.start
    var decoder = UTF8()
    var input = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&input) { place = after(scalar, at: place) }
    return place
  }
}
