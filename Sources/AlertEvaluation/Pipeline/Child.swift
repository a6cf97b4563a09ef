import Foundation
import Synchronization

/// A program run by the evaluation, ended with it.
final class Child: Sendable {
  private struct Ending {
    var status: Int32?
    var waiters: [CheckedContinuation<Int32, Never>] = []
  }

  private let process: Mutex<Process>
  private let ending = Mutex(Ending())
  private let name: String
  private let logPath: String

  /// Starts it with a bare environment, so that no proxy or key of the machine leaks in.
  init(_ name: String, _ arguments: [String], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Self.find(name))
    process.arguments = arguments
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    self.name = name
    logPath = "\(folder)/\(name)-\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: logPath, contents: nil)
    let log = FileHandle(forWritingAtPath: logPath)
    process.standardOutput = log
    process.standardError = log
    process.standardInput = FileHandle.nullDevice
    self.process = Mutex(process)
    process.terminationHandler = { [weak self] in self?.ended($0.terminationStatus) }
    try process.run()
  }

  var hasEnded: Bool { ending.withLock { $0.status != nil } }

  /// The last lines of its output.
  var log: String {
    let text = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(5).joined(separator: "\n")
  }

  func signal(_ number: Int32) {
    process.withLock { process in
      if process.isRunning { _ = kill(process.processIdentifier, number) }
    }
  }

  /// Waits for its end without holding a thread; ends it when the task is cancelled.
  ///
  /// - Returns: the exit status.
  @discardableResult
  func wait() async -> Int32 {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let status = ending.withLock { ending in
          if ending.status == nil { ending.waiters.append(continuation) }
          return ending.status
        }
        if let status { continuation.resume(returning: status) }
      }
    } onCancel: {
      signal(SIGTERM)
    }
  }

  /// Waits for its end.
  ///
  /// - Throws: ``EvaluationError`` with its last words if it failed, `CancellationError` if it was ended.
  func succeed() async throws {
    let status = await wait()
    try Task.checkCancellation()
    guard status == 0 else { throw EvaluationError("\(name) ended with status \(status): \(log)") }
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

  private static func find(_ name: String) throws -> String {
    for folder in ["/usr/local/bin", "/usr/bin", "/bin"]
    where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw EvaluationError("\(name) is not installed: it comes with Debian's package prometheus")
  }
}
