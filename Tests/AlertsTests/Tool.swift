import Foundation

/// A program of Debian's packages, run to its end.
enum Tool {
  struct Ending: Sendable {
    let status: Int32
    /// What it wrote to both of its streams, in order.
    let output: String
  }

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program without holding a thread while it runs.
  ///
  /// - Throws: ``Missing`` if it is not installed.
  static func run(_ name: String, _ arguments: [String], in folder: String) async throws -> Ending {
    let process = Process()
    process.executableURL = try find(name)
    process.arguments = arguments
    // promtool makes much garbage and lives briefly: it had better collect seldom, and not beside its work on a processor
    // that another promtool works on.
    process.environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "GOGC": "400", "GOMAXPROCS": "1",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // A file and not a pipe: nobody has to read while the program writes.
    let path = folder + "/output-\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    process.standardOutput = log
    process.standardError = log
    process.standardInput = FileHandle.nullDevice
    let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
      }
    }
    try log.close()
    return Ending(status: status, output: try String(contentsOfFile: path, encoding: .utf8))
  }

  private static func find(_ name: String) throws -> URL {
    for folder in ["/usr/bin", "/usr/local/bin", "/bin"]
    where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return URL(fileURLWithPath: "\(folder)/\(name)")
    }
    throw Missing(description: "\(name) is not installed: run .ci/test, which installs it")
  }
}
