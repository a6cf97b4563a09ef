extension JSONScanner {
  /// Takes the members of an object from the key on whose quote is at `place`, for as long as scalars follow one another
  /// without spaces.
  ///
  /// - Returns: false if more bytes are needed; then `place` is where to go on, as otherwise.
  @inline(__always)
  mutating func members(
    _ bytes: Span<UInt8>, at place: inout Int, _ fields: inout MutableSpan<FieldBounds>
  ) throws(JSONError) -> Bool {
    while true {
      guard let keyEnd = try key(bytes, at: place &+ 1, &fields) else { return false }
      place = keyEnd
      expected = .colon
      guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else { return true }
      place &+= 1
      expected = .value
      guard place < bytes.count, bytes[place] > 0x20 else { return true }
      guard let end = try value(bytes, at: place, &fields) else { return false }
      place = end
      guard expected == .commaOrEnd, place &+ 1 < bytes.count, bytes[place] == UInt8(ascii: ","),
        bytes[place &+ 1] == UInt8(ascii: "\"")
      else { return true }
      place &+= 1
      expected = .key
    }
  }

  /// Takes the key whose quote is before `place`.
  ///
  /// - Returns: the place behind its closing quote, nil if that has not come yet.
  @inline(__always)
  private mutating func key(
    _ bytes: Span<UInt8>, at place: Int, _ fields: inout MutableSpan<FieldBounds>
  ) throws(JSONError) -> Int? {
    if level == .record, let end = keys.follow(bytes, at: place, &target) {
      if keys.hasChildren, keys.replacesObject { forgetReplaced(&fields) }
      return end
    }
    return try otherKey(bytes, at: place, &fields)
  }

  @inline(never)
  private mutating func otherKey(
    _ bytes: Span<UInt8>, at place: Int, _ fields: inout MutableSpan<FieldBounds>
  ) throws(JSONError) -> Int? {
    guard let end = try stringEnd(bytes, from: place) else { return nil }
    let name = bytes.extracting(place..<end)
    switch level {
    case .record:
      if isEscaped {
        var text = name.withUnsafeBufferPointer(Array.init)
        let range = JSONText.unescape(&text, text.indices)
        keys.find(text.span.extracting(range), isEscaped: true)
      } else {
        keys.find(name, isEscaped: false)
      }
      target = keys.column
      if keys.replacesObject { forgetReplaced(&fields) }
    case .envelope:
      members.begin(name, isEscaped: isEscaped)
      try checkMembers()
    case .skipped, .list, .outside: break
    }
    return end + 1
  }

  /// Of two objects under the same key the last one counts, and nothing of the first.
  private mutating func forgetReplaced(_ fields: inout MutableSpan<FieldBounds>) {
    for column in keys.replacedColumns { fields[column] = .absent }
  }

  /// Takes the value that begins at `place`, or enters it.
  ///
  /// - Returns: the place behind what was taken, nil if that has not come whole yet.
  @inline(__always)
  mutating func value(
    _ bytes: Span<UInt8>, at place: Int, _ fields: inout MutableSpan<FieldBounds>
  ) throws(JSONError) -> Int? {
    switch bytes[place] {
    case UInt8(ascii: "\""):
      guard let end = try stringEnd(bytes, from: place &+ 1) else { return nil }
      try take(bytes, place &+ 1, end, &fields)
      return end &+ 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      guard let end = try numberEnd(bytes, from: place) else { return nil }
      try take(bytes, place, end, &fields)
      return end
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if target >= 0 { fields[target] = .composite }
      try open(bytes[place], at: place)
      return place &+ 1
    case UInt8(ascii: "n"):
      guard let end = try literalEnd(bytes, from: place, .null) else { return nil }
      try takeNull(at: place, &fields)
      return end
    case UInt8(ascii: "t"), UInt8(ascii: "f"):
      let literal = bytes[place] == UInt8(ascii: "t") ? Literal.true : .false
      guard let end = try literalEnd(bytes, from: place, literal) else { return nil }
      try take(bytes, place, end, &fields)
      return end
    default: throw malformed(.token, at: place)
    }
  }

  /// Takes a scalar.
  @inline(__always)
  private mutating func take(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ fields: inout MutableSpan<FieldBounds>
  ) throws(JSONError) {
    expected = .commaOrEnd
    if target >= 0 {
      fields[target] = FieldBounds(start, end)
      if isEscaped, !escaped.contains(target) { escaped.append(target) }
    } else if level != .skipped && level != .record {
      try beginScalarMember()
      members.end(bytes.extracting(start..<end), isEscaped: isEscaped)
      try checkMembers()
    }
  }

  private mutating func takeNull(at place: Int, _ fields: inout MutableSpan<FieldBounds>) throws(JSONError) {
    expected = .commaOrEnd
    if target >= 0 {
      fields[target] = .null
    } else if level != .skipped && level != .record {
      try beginScalarMember()
      members.end(.null)
    }
  }

  /// Refuses a scalar in the list's place, and one within the list.
  private func beginScalarMember() throws(JSONError) {
    guard level == .envelope else { throw .notAnObject(record: records + 1) }
    if case .list(let name) = shape, members.isNamed(name) { throw .missingList(name) }
  }

  private func checkMembers() throws(JSONError) {
    if members.size > limits.recordBytes { throw .membersTooLong(limit: limits.recordBytes) }
  }
}
