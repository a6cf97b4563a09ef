import Foundation

/// A folder that is gone with the value that names it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var database: URL { URL(fileURLWithPath: path + "/ledger.sqlite") }
  var mark: URL { URL(fileURLWithPath: path + "/ledger.sqlite-mark") }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  /// A copy of the folder while the ledger is open: what a kill leaves for the next process, write-ahead log and all.
  func asLeftByAKill() throws -> TemporaryFolder {
    let copy = try TemporaryFolder()
    for file in files where file != "ledger.lock" {
      try FileManager.default.copyItem(atPath: path + "/" + file, toPath: copy.path + "/" + file)
    }
    return copy
  }

  /// Changes the bytes of the database while nobody has it open.
  func damage(_ change: (inout Data) -> Void) throws {
    var bytes = try Data(contentsOf: database)
    change(&bytes)
    try bytes.write(to: database)
  }
}
