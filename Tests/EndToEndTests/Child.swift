import Foundation
import Synchronization

/// A program run by a test, ended with it.
final class Child: Sendable {
  private struct Ending {
    var status: Int32?
    var waiters: [CheckedContinuation<Int32, Never>] = []
  }

  private let process: Mutex<Process>
  private let ending = Mutex(Ending())
  let logPath: String

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameter environment: added to a bare one, so that no proxy or key of the machine leaks in.
  init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder].merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    logPath = folder + "/\(URL(fileURLWithPath: executable).lastPathComponent)-\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: logPath, contents: nil)
    let log = FileHandle(forWritingAtPath: logPath)
    process.standardOutput = log
    process.standardError = log
    process.standardInput = FileHandle.nullDevice
    self.process = Mutex(process)
    process.terminationHandler = { [weak self] in self?.ended($0.terminationStatus) }
    try process.run()
  }

  var identifier: Int32 { process.withLock { $0.processIdentifier } }

  var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Waits for its end without holding a thread.
  ///
  /// - Returns: the exit status.
  @discardableResult
  func wait() async -> Int32 {
    await withCheckedContinuation { continuation in
      let status = ending.withLock { ending in
        if ending.status == nil { ending.waiters.append(continuation) }
        return ending.status
      }
      if let status { continuation.resume(returning: status) }
    }
  }

  private func ended(_ status: Int32) {
    let waiters = ending.withLock { ending in
      ending.status = status
      defer { ending.waiters = [] }
      return ending.waiters
    }
    for waiter in waiters { waiter.resume(returning: status) }
  }

  deinit {
    process.withLock { process in
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }

  /// Where a program of Debian's packages is.
  static func find(_ name: String) throws -> String {
    for folder in ["/usr/bin", "/usr/local/bin", "/bin"]
    where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw Missing(description: "\(name) is not installed: run .ci/test, which installs it")
  }

  /// The exporter that was built with these tests.
  static func exporter() throws -> String {
    if let path = ProcessInfo.processInfo.environment["AGENTUSAGE_TEST_EXECUTABLE"] { return path }
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("agent-usage-exporter").path
    guard FileManager.default.isExecutableFile(atPath: beside) else {
      throw Missing(description: "set AGENTUSAGE_TEST_EXECUTABLE to the exporter's path")
    }
    return beside
  }
}

/// A folder that goes with the test.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("agent-usage-\(UUID().uuidString)")
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
