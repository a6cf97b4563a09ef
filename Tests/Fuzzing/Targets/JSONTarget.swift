import Tabular

/// However a document is cut, the same comes of it, and what Foundation refuses is refused.
enum JSONTarget {
  static func run(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let random = JSONRandom(seed: UInt64(input.byte()))
    let cuts = input.cuts(of: max(0, bytes.count - 2))
    let document = input.remainder()
    let reading = JSONReading(
      shape: random.shape, columns: JSONRandom.columns, required: [], members: ["list", "x", "count"])
    let whole = reading.read(document)
    require(reading.read(document, cuts: cuts) == whole, "cut, it reads otherwise")
    for record in whole.records { require(record.count == JSONRandom.columns.count, "a column is lost") }
    limited(reading, document, cuts)
    compare(whole, random, document)
  }

  private static func limited(_ reading: JSONReading, _ document: [UInt8], _ cuts: [Int]) {
    var reading = reading
    reading.limits = JSONLimits(recordBytes: 40)
    let whole = reading.read(document)
    let cut = reading.read(document, cuts: cuts)
    require((whole.error == nil) == (cut.error == nil), "cut, it is refused otherwise")
    if whole.error == nil { require(whole == cut, "cut, it reads otherwise within limits") }
  }

  /// Foundation takes no deep documents and no long ones in good time, and takes other encodings than UTF-8.
  private static func compare(_ whole: JSONOutcome, _ random: JSONRandom, _ document: [UInt8]) {
    let depth = document.count { "[{".utf8.contains($0) }
    guard depth < 60, document.count < 600, !document.contains(0), document.first.map({ $0 < 0x80 }) ?? true else {
      return
    }
    let expected = random.oracle(JSONRandom.withoutDifferences(document))
    require((whole.error == nil) == (expected != nil), "Foundation is of another mind")
    if let expected, whole.error == nil { require(whole.records.count == expected.count, "a record is lost") }
  }
}
