import Foundation
import Settings
import Testing
import Usage

@Suite struct SecretSourceTests {
  static let trimmedCases: [(String, String)] = [
    ("key", "key"), ("key\n", "key"), ("key\r\n", "key"), ("key\n\n", "key"), ("a=b/c+~!", "a=b/c+~!"),
  ]

  @Test(arguments: trimmedCases)
  func trimmed(content: String, key: String) throws {
    let secret = try SecretSource.file(path: "f").read { (_, _) throws(FileReadError) in Array(content.utf8) }
    #expect(secret.reveal() == key)
  }

  static let refusedCases: [(String, SecretError)] = [
    ("", SecretError.empty), ("\n", .empty), ("a b", .notAKey), ("a\nb", .notAKey), ("key \n", .notAKey),
    ("\u{FEFF}key", .notAKey), ("schlüssel", .notAKey), ("a\0", .notAKey),
  ]

  @Test(arguments: refusedCases)
  func refused(content: String, error: SecretError) {
    #expect(throws: error) {
      try SecretSource.file(path: "f").read { (_, _) throws(FileReadError) in Array(content.utf8) }
    }
  }

  @Test func invalidText() {
    #expect(throws: SecretError.notAKey) {
      try SecretSource.file(path: "f").read { (_, _) throws(FileReadError) in [0xFF] }
    }
  }

  @Test func realFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "key").path
    let source = SecretSource.file(path: file)
    #expect(throws: SecretError.unreadable(.notFound)) { try source.read() }
    try Data("first\n".utf8).write(to: URL(filePath: file))
    #expect(try source.read() == Secret("first"))
    try Data("second".utf8).write(to: URL(filePath: file))
    #expect(try source.read() == Secret("second"))
    try Data(count: 64 * 1024 + 1).write(to: URL(filePath: file))
    #expect(throws: SecretError.unreadable(.tooLarge(limit: 65_536))) { try source.read() }
    #expect(throws: SecretError.unreadable(.isDirectory)) { try SecretSource.file(path: folder.path).read() }
    #expect(throws: SecretError.unreadable(.tooLarge(limit: 65_536))) {
      try SecretSource.file(path: "/dev/zero").read()
    }
    #expect(try LocalFiles.read("/dev/null", limit: 1).isEmpty)
  }

  @Test func errorsSayWhatAndNotWhere() {
    let error = SecretError.unreadable(FileReadError.failed(code: EIO))
    #expect(error.description == "the file with the key cannot be read (input/output error)")
  }
}
