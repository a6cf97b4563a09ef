/// Sample lines up to their values, one after the other.
package struct LineHeads: Sendable, Hashable {
  /// What every line begins with: the name of the samples, where it is the same for all.
  private(set) var beginning: [UInt8] = []
  /// What follows it in each line.
  private(set) var text: [UInt8] = []
  /// Of each line in `text`.
  private(set) var ends: [Int32] = []
  /// Bytes of the longest line.
  private(set) var longest = 0
  /// A hash of the first line (FNV-1a), to know these lines again by.
  private(set) var mark: UInt64 = 0xCBF2_9CE4_8422_2325

  package var count: Int { ends.count }

  package init() {}

  /// - Parameters:
  ///   - name: of the samples.
  ///   - labels: of each line.
  ///   - others: lines that may have the same labels: families of the same agents keep them in one copy.
  package init(name: String, labels: some Sequence<LabelSet>, sharing others: some Sequence<LineHeads> = []) {
    beginning = Array(name.utf8)
    for labels in labels { add("", labels, after: nil) }
    if let other = others.first(where: { $0.text == text && $0.ends == ends }) {
      (text, ends) = (other.text, other.ends)
    } else {
      // They are kept: not with the room that they were written with.
      (text, ends) = (text.trimmed(), ends.trimmed())
    }
  }

  /// The lines of all, in order.
  init(joining parts: [LineHeads]) {
    let isAlike = parts.allSatisfy { $0.beginning == parts.first?.beginning }
    beginning = isAlike ? parts.first?.beginning ?? [] : []
    text.reserveCapacity(parts.reduce(0) { $0 + (isAlike ? $1.text.count : $1.size) })
    for part in isAlike ? parts : parts.map(\.whole) {
      let start = Int32(text.count)
      text.append(contentsOf: part.text)
      ends.append(contentsOf: part.ends.lazy.map { start + $0 })
      longest = max(longest, part.longest)
    }
    mark = parts.first?.mark ?? mark
  }

  /// The same lines, in a text that has all of them.
  var whole: LineHeads {
    if beginning.isEmpty { return self }
    var whole = self
    (whole.beginning, whole.text, whole.ends) = ([], [], [])
    whole.text.reserveCapacity(size)
    var start = 0
    for end in ends {
      whole.text.append(contentsOf: beginning)
      whole.text.append(contentsOf: text[start..<Int(end)])
      whole.ends.append(Int32(whole.text.count))
      start = Int(end)
    }
    return whole
  }

  /// Bytes of all lines.
  var size: Int { text.count + beginning.count * count }

  /// Adds a line.
  ///
  /// - Parameter metadata: of its family, if it is the first one.
  package mutating func append(_ name: String, _ labels: LabelSet, after metadata: Piece? = nil) {
    if !beginning.isEmpty { self = whole }
    add(name, labels, after: metadata)
  }

  private mutating func add(_ name: String, _ labels: LabelSet, after metadata: Piece?) {
    let start = text.count
    if let metadata { text.append(contentsOf: metadata.identity) }
    text.append(head: name, labels)
    if ends.isEmpty {
      for bytes in [beginning, text] { mark = bytes.reduce(mark) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } }
    }
    ends.append(Int32(text.count))
    longest = max(longest, beginning.count + text.count - start)
  }

  /// How much text is put together before it is handed on.
  private static let window = 1 << 14

  /// Hands on the lines with their values, in parts of some kilobytes.
  ///
  /// - Parameter values: one for each line.
  func write<Failure: Error>(
    _ values: [SampleValue], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let window = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.window + longest + NumberText.longest + 1)
    defer { window.deallocate() }
    var line = 0
    while line < count {
      let filled = fill(window, from: &line, values.span)
      try body(UnsafeRawBufferPointer(start: window, count: filled))
    }
  }

  /// - Parameter line: the first to write, and then the first that is not written.
  /// - Returns: how many bytes were written.
  private func fill(_ window: UnsafeMutablePointer<UInt8>, from line: inout Int, _ values: Span<SampleValue>) -> Int {
    withUnsafeBytes { beginning, text in
      var filled = 0
      var start = line == 0 ? 0 : Int(ends[line - 1])
      while line < count, filled < Self.window {
        let end = Int(ends[line])
        filled += Self.copy(beginning, text[start..<end], to: window + filled)
        filled += NumberText.write(values[line], to: window + filled)
        window[filled] = UInt8(ascii: "\n")
        filled += 1
        start = end
        line += 1
      }
      return filled
    }
  }

  /// Calls `body` with what every line begins with, and the text.
  func withUnsafeBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    beginning.withUnsafeBufferPointer { beginning in text.withUnsafeBufferPointer { body(beginning, $0) } }
  }

  /// Writes a line's text up to its value.
  ///
  /// - Parameter place: with room for the longest line.
  /// - Returns: how many bytes were written.
  @inline(__always)
  static func copy(
    _ beginning: UnsafeBufferPointer<UInt8>, _ rest: Slice<UnsafeBufferPointer<UInt8>>,
    to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if let first = beginning.baseAddress { place.update(from: first, count: beginning.count) }
    guard let text = rest.base.baseAddress else { return beginning.count }
    (place + beginning.count).update(from: text + rest.startIndex, count: rest.count)
    return beginning.count + rest.count
  }
}
