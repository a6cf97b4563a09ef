/// The instant of a sample.
package struct SampleStamp: Sendable, Hashable {
  /// Since 1970.
  fileprivate let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }
}

/// Writes OpenMetrics 1.0 with timestamps, series by series, without holding more than one piece of it, however long a
/// series is.
package struct TimedSampleWriter: Sendable {
  private var text: [UInt8] = []
  /// Sample lines written so far.
  package private(set) var count = 0

  /// Bytes after which they are handed on.
  package static let pieceSize = 1 << 18

  package init() {}

  /// Begins a family; the samples that follow are its own.
  package mutating func begin(_ family: Family) {
    text += FamilyMetadata(family).lines(.openMetrics).identity
  }

  /// Adds samples of a series that all have the same value, in the order of time.
  package mutating func samples<Failure: Error>(
    _ family: Family, _ labels: LabelSet, _ value: SampleValue, at stamps: some Sequence<SampleStamp>,
    into write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var line: [UInt8] = []
    line.append(head: family.name, labels)
    line.append(value)
    line.append(UInt8(ascii: " "))
    for stamp in stamps {
      text += line
      // As OpenMetrics has it: seconds.
      text.append(.micros(stamp.milliseconds * 1000))
      text.append(UInt8(ascii: "\n"))
      count += 1
      try drain(into: write)
    }
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
