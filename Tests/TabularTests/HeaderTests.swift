import Tabular
import Testing

struct HeaderTests {
  private let header = Header([" agentId ", "Name", "créé", "x", "X"])

  @Test(arguments: [
    ("agentId", 0), ("AGENTID", 0), (" agentid\t", 0), ("name", 1), ("CRÉÉ", 2), ("x", 3), ("agent", nil), ("", nil),
  ])
  func namesAreFoundWithoutRegardToCase(_ name: String, _ index: Int?) {
    #expect(header.index(of: name) == index)
  }

  @Test func requiredNamesMustBeThereOnce() throws {
    try header.require(["Agentid", "NAME"])
    #expect(throws: CSVError.missingColumn("credits")) { try header.require(["name", "credits", "x"]) }
    #expect(throws: CSVError.repeatedColumn("x")) { try header.require(["x"]) }
    #expect(header.names == ["agentId", "Name", "créé", "x", "X"])
  }

  @Test(arguments: ["<html>oops</html>\n", "id\n", "id", "name,id\n1,2\n"])
  func aReaderRefusesADocumentWithoutARequiredColumn(_ text: String) {
    let outcome = Documents.read(Array(text.utf8), required: ["ID", "credits"])
    #expect(outcome.error == .missingColumn(text.hasPrefix("<") ? "ID" : "credits"))
    #expect(outcome.records.isEmpty)
  }
}
