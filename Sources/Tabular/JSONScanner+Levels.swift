extension JSONScanner {
  /// Passes over a byte order mark, or enters the document's list or object.
  ///
  /// - Returns: the place behind it, nil if more bytes are needed to know.
  mutating func begin(_ bytes: Span<UInt8>, at place: Int) throws(JSONError) -> Int? {
    if offset + place == 0, bytes[place] == 0xEF {
      guard bytes.count >= 3 else { return nil }
      guard bytes[1] == 0xBB, bytes[2] == 0xBF else { throw malformed(.token, at: place) }
      // Something follows, or the document is empty.
      return 3
    }
    switch bytes[place] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try open(bytes[place], at: place)
    default: throw malformed(.token, at: place)
    }
    return place + 1
  }

  /// Enters an array or an object.
  mutating func open(_ bracket: UInt8, at place: Int) throws(JSONError) {
    guard depth < limits.depth else { throw .tooDeep(record: records + 1, limit: limits.depth) }
    let isObject = bracket == UInt8(ascii: "{")
    switch level {
    case .skipped: break
    case .record: if !isObject || !keys.enter() { skip() }
    case .list: try beginRecord(isObject, at: place)
    case .envelope: try openMember(isObject)
    case .outside: try openDocument(isObject, at: place)
    }
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    expected = isObject ? .keyOrEnd : .valueOrEnd
  }

  private mutating func openDocument(_ isObject: Bool, at place: Int) throws(JSONError) {
    switch shape {
    case .lines: try beginRecord(isObject, at: place)
    case .array:
      if isObject { throw .missingList(nil) }
      level = .list
    case .list(let name):
      if !isObject { throw .missingList(name) }
      level = .envelope
    }
  }

  private mutating func openMember(_ isObject: Bool) throws(JSONError) {
    guard case .list(let name) = shape, members.isNamed(name) else {
      members.end(.composite)
      return skip()
    }
    if isObject { throw .missingList(name) }
    if hasList { throw .repeatedList(name) }
    hasList = true
    level = .list
  }

  private mutating func beginRecord(_ isObject: Bool, at place: Int) throws(JSONError) {
    guard isObject else { throw .notAnObject(record: records + 1) }
    level = .record
    recordStart = place
    isInRecord = true
    keys.beginRecord()
  }

  private mutating func skip() {
    skipped = (depth, level)
    level = .skipped
    target = -1
  }

  /// Leaves an array or an object.
  ///
  /// - Returns: whether a record ends with it.
  mutating func close(_ bracket: UInt8, at place: Int) throws(JSONError) -> Bool {
    guard bracket == (objects & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw malformed(.token, at: place)
    }
    depth -= 1
    objects >>= 1
    expected = .commaOrEnd
    switch level {
    case .skipped: if depth == skipped.depth { level = skipped.level }
    case .record: if !keys.leave() { return endRecord() }
    case .list:
      level = depth == 0 ? .outside : .envelope
      if depth == 0 { expected = .nothing }
    case .envelope:
      if case .list(let name) = shape, !hasList { throw .missingList(name) }
      level = .outside
      expected = .nothing
    case .outside: break
    }
    return false
  }

  private mutating func endRecord() -> Bool {
    records += 1
    target = -1
    isInRecord = false
    level = depth == 0 ? .outside : .list
    if depth == 0 { expected = .lineEnd }
    return true
  }
}
