import Backfill
import Foundation

/// Where a backfill goes: a file that is there only when it is whole, or standard output.
struct BackfillFile: Sendable {
  /// Where what was read is kept.
  let folder: String
  private let path: String?

  /// - Parameter path: nil for standard output.
  /// - Throws: ``BackfillRefusal`` if the file is there already, or the folder cannot be made.
  init(_ path: String?) throws {
    self.path = path
    folder =
      path.map { $0 + ".partial" }
      ?? FileManager.default.temporaryDirectory.appendingPathComponent("agent-usage-backfill-\(UUID().uuidString)").path
    if let path, FileManager.default.fileExists(atPath: path) {
      throw BackfillRefusal("\(path) is there already: delete it, or name another --output")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw BackfillRefusal("\(folder) cannot be made: --output must name a file in a folder that may be written to")
    }
  }

  /// Begins the document. Whoever does so must have the folder to itself.
  ///
  /// - Throws: ``BackfillFailure``.
  func open() throws -> BackfillDocument {
    guard let path else { return BackfillDocument(name: "standard output", handle: .standardOutput) }
    guard FileManager.default.createFile(atPath: unfinished, contents: nil),
      let handle = FileHandle(forWritingAtPath: unfinished)
    else { throw BackfillFailure("\(unfinished) cannot be written") }
    return BackfillDocument(name: path, handle: handle)
  }

  /// Puts the document in its place, and deletes what was kept.
  ///
  /// - Throws: ``BackfillFailure``.
  func finish(_ document: BackfillDocument) throws {
    if let path {
      do {
        try document.handle.synchronize()
        try document.handle.close()
        try FileManager.default.moveItem(atPath: unfinished, toPath: path)
      } catch {
        throw document.failure(error)
      }
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What was read stays, where there is a name under which it can be found again.
  func abandon() {
    if path == nil {
      try? FileManager.default.removeItem(atPath: folder)
    } else {
      // Only if it is empty, as after a refusal: then there is nothing to go on with.
      rmdir(folder)
    }
  }

  private var unfinished: String { folder + "/document" }
}

/// A document that is being written.
struct BackfillDocument: Sendable {
  let name: String
  let handle: FileHandle

  func write(_ piece: [UInt8]) throws {
    do {
      try handle.write(contentsOf: piece)
    } catch {
      throw failure(error)
    }
  }

  func failure(_ error: any Error) -> BackfillFailure {
    BackfillFailure("\(name) cannot be written: \((error as NSError).localizedDescription)")
  }
}
