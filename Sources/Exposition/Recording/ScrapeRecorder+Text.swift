extension ScrapeRecorder {
  /// Calls `write` with the recording in pieces of about a megabyte: OpenMetrics 1.0, each family once, each metric's
  /// samples in the order of time, `# EOF` at the end.
  ///
  /// - Parameters:
  ///   - timestamps: of the ticks, in milliseconds since 1970, rising; a tick beyond them is left out.
  ///   - labels: added to each series, as Prometheus adds those of a target.
  package func text<Failure: Error>(
    at timestamps: [Int64], adding labels: LabelSet, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let stamps = timestamps.prefix(ticks).map { milliseconds -> [UInt8] in
      var text: [UInt8] = [UInt8(ascii: " ")]
      text.append(.micros(milliseconds * 1000))
      text.append(UInt8(ascii: "\n"))
      return text
    }
    var text: [UInt8] = []
    text.reserveCapacity(Self.pieceSize + 4096)
    for family in families where !family.metrics.isEmpty {
      text += family.metadata
      for metric in family.metrics {
        try append(metric, stamps, labels, to: &text, write)
      }
    }
    text += Array("# EOF\n".utf8)
    try write(text)
  }

  private static var pieceSize: Int { 1 << 20 }

  private func append<Failure: Error>(
    _ metric: [Int], _ stamps: [[UInt8]], _ labels: LabelSet, to text: inout [UInt8],
    _ write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let identities = metric.map { Self.identity(series[$0].identity, adding: labels) }
    var cursors = metric.map { _ in RecordedSeries.Cursor() }
    for (tick, stamp) in stamps.enumerated() {
      for (place, index) in metric.enumerated() {
        cursors[place].move(to: tick, in: series[index])
        guard !cursors[place].text.isEmpty else { continue }
        text += identities[place]
        text += cursors[place].text
        text += stamp
      }
      if text.count >= Self.pieceSize {
        try write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
  }

  /// `name{labels}` with more labels.
  private static func identity(_ identity: [UInt8], adding labels: LabelSet) -> [UInt8] {
    if labels.bytes.isEmpty { return identity }
    let end = Array("}".utf8)
    guard identity.last == end.first else { return identity + Array("{".utf8) + labels.bytes + end }
    return identity.dropLast() + Array(",".utf8) + labels.bytes + end
  }
}
