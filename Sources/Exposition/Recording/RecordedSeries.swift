/// One series over many ticks: the ticks at which its value changed, and the values.
struct RecordedSeries: Sendable {
  /// Name and labels as they are exposed.
  let identity: [UInt8]
  private(set) var changes: [UInt32]
  private(set) var values: [Double]
  /// The last tick at which it was told.
  private(set) var seenAt: Int

  /// Stands where the series is absent: Prometheus' own marker of staleness, a NaN that no arithmetic gives.
  private static let absent = Double(bitPattern: 0x7FF0_0000_0000_0002)

  init(identity: [UInt8], _ value: Double, at tick: Int) {
    self.identity = identity
    changes = [UInt32(tick)]
    values = [value]
    seenAt = tick
  }

  mutating func take(_ value: Double, at tick: Int) {
    seenAt = tick
    note(value, at: tick)
  }

  /// The series is gone; it may come back.
  mutating func end(at tick: Int) {
    note(Self.absent, at: tick)
  }

  private mutating func note(_ value: Double, at tick: Int) {
    // By their bits, since a NaN goes on as well.
    guard values.last?.bitPattern != value.bitPattern else { return }
    changes.append(UInt32(tick))
    values.append(value)
  }

  /// Goes through the ticks from the first to the last.
  struct Cursor {
    private var next = 0
    /// The value as text and the space before it; empty where the series is absent.
    private(set) var text: [UInt8] = []

    mutating func move(to tick: Int, in series: RecordedSeries) {
      guard next < series.changes.count, series.changes[next] == tick else { return }
      text.removeAll(keepingCapacity: true)
      let value = series.values[next]
      next += 1
      guard value.bitPattern != RecordedSeries.absent.bitPattern else { return }
      text.append(UInt8(ascii: " "))
      text.append(.real(value))
    }
  }
}

/// A family's metadata, and its series by metric.
struct RecordedFamily: Sendable {
  /// Lines with their ends.
  private(set) var metadata: [UInt8] = []
  /// Indices of series that tell of one thing at each moment: all lines of a histogram, else a series of its own.
  private(set) var metrics: [[Int]] = []
  private var isDescribed = false
  private var isHistogram = false
  private var isMetricOpen = false

  /// What comes with every body is kept once; the type is its first line.
  mutating func take(metadata line: ArraySlice<UInt8>) {
    let isFirst = line.starts(with: "# TYPE ".utf8)
    if isFirst, !metadata.isEmpty { isDescribed = true }
    if isDescribed { return }
    if isFirst { isHistogram = line.elementsEqual(line.dropLast(10) + " histogram".utf8) }
    metadata += line
    metadata.append(UInt8(ascii: "\n"))
  }

  /// A histogram's lines follow one another, and its count is the last of them.
  mutating func take(series index: Int, name: ArraySlice<UInt8>) {
    if isMetricOpen, let last = metrics.indices.last {
      metrics[last].append(index)
    } else {
      metrics.append([index])
    }
    isMetricOpen = isHistogram && !name.elementsEqual(name.dropLast(6) + "_count".utf8)
  }
}
