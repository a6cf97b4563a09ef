/// The instant of a sample, as OpenMetrics writes it: seconds since 1970.
package struct SampleStamp: Sendable, Hashable {
  /// With the space before it and the end of the line.
  fileprivate let bytes: [UInt8]

  package init(milliseconds: Int64) {
    var bytes = [UInt8(ascii: " ")]
    bytes.append(.micros(milliseconds * 1000))
    bytes.append(UInt8(ascii: "\n"))
    self.bytes = bytes
  }
}

/// Writes OpenMetrics 1.0 with timestamps, series by series, without holding more than what was not drained yet.
package struct TimedSampleWriter: Sendable {
  private var text: [UInt8] = []
  /// Sample lines written so far.
  package private(set) var count = 0

  /// Bytes after which ``drain(into:)`` hands them on.
  private static let pieceSize = 1 << 18

  package init() {}

  /// Begins a family; the samples that follow are its own.
  package mutating func begin(_ family: Family) {
    text += FamilyMetadata(family).lines(.openMetrics).identity
  }

  /// Adds samples of a series that all have the same value, in the order of time.
  package mutating func samples(
    _ family: Family, _ labels: LabelSet, _ value: SampleValue, at stamps: ArraySlice<SampleStamp>
  ) {
    guard !stamps.isEmpty else { return }
    var line = Array(family.name.utf8)
    if !labels.bytes.isEmpty {
      line.append(UInt8(ascii: "{"))
      line += labels.bytes
      line.append(UInt8(ascii: "}"))
    }
    line.append(UInt8(ascii: " "))
    line.append(value)
    for stamp in stamps {
      text += line
      text += stamp.bytes
    }
    count += stamps.count
  }

  /// Ends the document.
  package mutating func end() {
    text += Array("# EOF\n".utf8)
  }

  /// Hands on what was written, if it is worth the while.
  package mutating func drain<Failure: Error>(
    all: Bool = false, into write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard all || text.count >= Self.pieceSize else { return }
    try write(text)
    text.removeAll(keepingCapacity: true)
  }
}
