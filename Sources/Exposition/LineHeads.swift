/// Sample lines up to their values, one after the other.
package struct LineHeads: Sendable, Hashable {
  private(set) var text: [UInt8] = []
  /// Of each line in `text`.
  private(set) var ends: [Int] = []
  /// Bytes of the longest.
  private(set) var longest = 0
  /// A hash of the first line (FNV-1a), to know these lines again by.
  private(set) var mark: UInt64 = 0xCBF2_9CE4_8422_2325

  package var count: Int { ends.count }

  package init() {}

  /// - Parameters:
  ///   - name: of the samples.
  ///   - labels: of each line.
  package init(name: String, labels: some Sequence<LabelSet>) {
    for labels in labels { append(name, labels) }
  }

  /// The lines of all, in order.
  init(joining parts: [LineHeads]) {
    text.reserveCapacity(parts.reduce(0) { $0 + $1.text.count })
    for part in parts {
      let start = text.count
      text.append(contentsOf: part.text)
      ends.append(contentsOf: part.ends.lazy.map { start + $0 })
      longest = max(longest, part.longest)
    }
    mark = parts.first?.mark ?? mark
  }

  /// Adds a line.
  ///
  /// - Parameter metadata: of its family, if it is the first one.
  package mutating func append(_ name: String, _ labels: LabelSet, after metadata: Piece? = nil) {
    let start = text.count
    if let metadata { text.append(contentsOf: metadata.identity) }
    text.append(contentsOf: name.utf8)
    if !labels.bytes.isEmpty {
      text.append(UInt8(ascii: "{"))
      text.append(contentsOf: labels.bytes)
      text.append(UInt8(ascii: "}"))
    }
    text.append(UInt8(ascii: " "))
    if ends.isEmpty { mark = text.reduce(mark) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } }
    ends.append(text.count)
    longest = max(longest, text.count - start)
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
    text.withUnsafeBufferPointer { text in
      guard let text = text.baseAddress else { return 0 }
      var filled = 0
      var start = line == 0 ? 0 : ends[line - 1]
      while line < count, filled < Self.window {
        let end = ends[line]
        (window + filled).update(from: text + start, count: end - start)
        filled += end - start
        filled += NumberText.write(values[line], to: window + filled)
        window[filled] = UInt8(ascii: "\n")
        filled += 1
        start = end
        line += 1
      }
      return filled
    }
  }
}
