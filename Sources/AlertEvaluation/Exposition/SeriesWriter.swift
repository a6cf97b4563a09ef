/// One series' samples, as OpenMetrics, cut to the weeks of Prometheus' blocks.
///
/// promtool reads each file once for every week that it touches, so that one file of all weeks would be read ten times.
struct SeriesWriter {
  /// The length of the blocks, whose bounds are its multiples in Unix time.
  static let week = 168 * 3600

  private let files: WeekFiles
  private let prefix: [UInt8]
  private var buffer: [UInt8] = []
  private var bucket = 0

  init(_ series: String, to files: WeekFiles) {
    self.files = files
    prefix = Array(series.utf8) + [0x20]
  }

  mutating func add(_ value: Int, at time: Int) throws {
    if time / Self.week != bucket {
      try flush()
      bucket = time / Self.week
    }
    buffer.append(contentsOf: prefix)
    Self.append(value, to: &buffer)
    buffer.append(0x20)
    Self.append(time, to: &buffer)
    buffer.append(0x0A)
  }

  mutating func flush() throws {
    try files.append(buffer, toWeek: bucket)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Decimal digits of a number that is not negative.
  static func append(_ value: Int, to buffer: inout [UInt8]) {
    let first = buffer.count
    var rest = value
    repeat {
      buffer.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    buffer[first...].reverse()
  }
}
