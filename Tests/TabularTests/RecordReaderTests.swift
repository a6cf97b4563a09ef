import Tabular
import Testing

struct RecordReaderTests {
  static let readers: [(any RecordReader, String)] = [
    (CSVReader(required: ["id"]), "id,N\n1,x\n2,\n"),
    (JSONReader(.array, columns: ["id", "N"]), "[{\"N\":\"x\",\"id\":1},{\"id\":2}]"),
    (JSONReader(.lines, columns: ["id", "N"]), "{\"id\":1,\"N\":\"x\"}\n{\"id\":\"2\",\"N\":null}"),
    (JSONReader(.list(in: "l"), columns: ["id", "N"]), "{\"l\":[{\"id\":1,\"N\":\"x\"},{\"id\":2,\"N\":{}}]}"),
  ]

  @Test(arguments: readers)
  func aRecordIsReadByName(_ reader: any RecordReader, _ text: String) throws {
    var reader = reader
    var values: [String] = []
    func keep(_ record: borrowing Record) {
      for name in ["ID", "n"] {
        if let column = record.header.index(of: name) { values.append(record.field(column).repairedText) }
      }
    }
    try reader.read(Array(text.utf8).span, keep)
    try reader.finish(keep)
    #expect(values == ["1", "x", "2", ""])
    #expect(reader.header?.names == ["id", "N"])
  }
}
