/// Keeps what one target was scraped with over a long time, to be written as OpenMetrics with timestamps.
///
/// It is told in ticks, the moments at which it was scraped, and holds each value once for as long as it stays the same.
package struct ScrapeRecorder: Sendable {
  /// What is recorded together: a part of the body that, where it is not told anew, is as it was at the last tick.
  private struct Part: Sendable {
    var series: [Int] = []
    var lastTick = -1
  }

  private(set) var families: [RecordedFamily] = []
  private(set) var series: [RecordedSeries] = []
  /// How many ticks there are; a series holds its last value up to their end.
  package private(set) var ticks = 0
  private var parts: [Part]
  private var indices: [String: Int] = [:]
  private var familyIndices: [String: Int] = [:]
  /// Names of samples that are not kept.
  private let excluded: Set<String>

  /// - Parameter parts: of how many parts the body is put together.
  package init(parts: Int, excluding excluded: Set<String> = []) {
    self.parts = Array(repeating: Part(), count: parts)
    self.excluded = excluded
  }

  package var seriesCount: Int { series.count }

  /// A tick has come, at which nothing has changed but what ``take(_:as:)`` is told next.
  package mutating func beginTick() { ticks += 1 }

  /// Takes a part of the body of the current tick, in place of what it was before: what it no longer holds ends.
  ///
  /// - Parameter run: in OpenMetrics, without encoding.
  package mutating func take(_ run: EncodedRun, as part: Int) {
    assert(ticks > 0 && parts.indices.contains(part), "a tick begins first, and knows its parts")
    let tick = ticks - 1
    var family = 0
    for line in run.bytes.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: "#") {
        family = takeMetadata(line)
      } else if let end = line.lastIndex(of: UInt8(ascii: " ")) {
        take(line[..<end], line[(end + 1)...], of: family, as: part, at: tick)
      }
    }
    parts[part].lastTick = tick
    for index in parts[part].series where series[index].seenAt < tick { series[index].end(at: tick) }
  }

  /// - Returns: the family of the lines that follow.
  private mutating func takeMetadata(_ line: ArraySlice<UInt8>) -> Int {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
    let name = words.count > 2 ? String(decoding: words[2], as: UTF8.self) : ""
    let index = familyIndices[name] ?? families.count
    if index == families.count {
      familyIndices[name] = index
      families.append(RecordedFamily())
    }
    families[index].take(metadata: line)
    return index
  }

  private mutating func take(
    _ identity: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, of family: Int, as part: Int, at tick: Int
  ) {
    let key = String(decoding: identity, as: UTF8.self)
    let value = Double(String(decoding: value, as: UTF8.self)) ?? .nan
    if let known = indices[key] {
      series[known].take(value, at: tick)
      return
    }
    let name = identity.prefix { $0 != UInt8(ascii: "{") }
    if excluded.contains(String(decoding: name, as: UTF8.self)) { return }
    indices[key] = series.count
    parts[part].series.append(series.count)
    families[family].take(series: series.count, name: name)
    series.append(RecordedSeries(identity: Array(identity), value, at: tick))
  }
}
