import Tabular
import Testing

struct CSVLimitsTests {
  @Test(arguments: [1, 7, 64, 1000])
  func aRecordBeyondTheLimitIsRefused(_ chunk: Int) {
    let error = CSVError.recordTooLong(record: 2, limit: 20)
    for field in ["123456789012345678", "\"1\n34567890\n2345678\n", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""] {
      let document = Array("a,b\n\(field),2\n".utf8)
      let cuts = Array(stride(from: chunk, to: document.count, by: chunk))
      #expect(Documents.read(document, cuts: cuts, limits: CSVLimits(recordBytes: 20)).error == error)
    }
  }

  @Test func aRecordOfExactlyTheLimitIsRead() {
    let document = Array("a,b\n1234567890123456,2\n1,2\n".utf8)
    #expect(Documents.read(document, limits: CSVLimits(recordBytes: 19)).records.count == 2)
    #expect(Documents.read(document, limits: CSVLimits(recordBytes: 18)).records.count == 0)
  }

  @Test func theLimitIsForARecordAndNotForADocument() {
    let document = Array(("a,b\n" + String(repeating: "12345,67890\n", count: 50_000)).utf8)
    let outcome = Documents.read(document, limits: CSVLimits(recordBytes: 12))
    #expect(outcome.error == nil)
    #expect(outcome.records.count == 50_000)
  }

  @Test(arguments: [1, 5, 64, 10_000, 1_000_000])
  func nothingIsHeldButTheCurrentRecord(_ chunk: Int) throws {
    let document = Array(("a,b\n" + String(repeating: "12345,\"6\n7\"\n", count: 5_000)).utf8)
    var reader = CSVReader()
    for start in stride(from: 0, to: document.count, by: chunk) {
      try reader.read(document.span.extracting(start..<min(start + chunk, document.count))) { _ in }
      #expect(reader.heldBytes < 12)
    }
    #expect(reader.records == 5_001)
  }

  @Test func aLongRecordMayComeByteByByte() {
    let long = String(repeating: "x\"\"\n", count: 50_000)
    let document = Array("a\n\"\(long)\"\n1\n".utf8)
    let outcome = Documents.read(document, cuts: Array(1..<document.count))
    #expect(outcome.records.map(\.count) == [1, 1])
    #expect(outcome.records.first?.first?.count == 150_000)
  }
}
