import Foundation

/// One of the Python programs under `checks`, run over dashboards.
struct Check {
  let program: String

  static let lint = Check(program: "lint.py")
  static let schema = Check(program: "schema.py")

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  struct Answer {
    let status: Int32
    let output: String

    /// The first words of the lines.
    var rules: Set<String> {
      Set(output.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) })
    }
  }

  func run(_ files: [String]) async throws -> Answer {
    let scratch = try Scratch()
    let log = try scratch.write("output", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Check.interpreter())
    process.arguments = [Repository.checks.appendingPathComponent(program).path] + files
    process.environment = ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"]
    let handle = FileHandle(forWritingAtPath: log)
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    let output = try String(contentsOfFile: log, encoding: .utf8)
    guard !output.contains("ModuleNotFoundError") else {
      throw Missing(description: "\(Check.advice)\n\(output)")
    }
    return Answer(status: status, output: output)
  }

  private static let advice = """
    set AGENTUSAGE_TEST_PYTHON to a Python from 3.11 on that has Tests/DashboardsTests/checks/requirements.txt installed, as by
    python3 -m venv .build/python && .build/python/bin/pip install -r Tests/DashboardsTests/checks/requirements.txt
    """

  private static func interpreter() throws -> String {
    guard let path = ProcessInfo.processInfo.environment["AGENTUSAGE_TEST_PYTHON"],
      FileManager.default.isExecutableFile(atPath: path)
    else { throw Missing(description: advice) }
    return path
  }
}

/// A folder that goes with the test.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("dashboards-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    return path + "/" + name
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
