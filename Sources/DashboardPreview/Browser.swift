import Dashboards
import Foundation

/// A Chromium without a window.
struct Browser {
  struct Size {
    let width: Int
    let height: Int
  }

  let executable: String

  /// - Throws: if it cannot be run, or made no picture.
  func picture(of page: URL, _ size: Size, as file: URL) async throws {
    let profile = FileManager.default.temporaryDirectory.appendingPathComponent("preview-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: profile) }
    var arguments = [
      "--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
      "--user-data-dir=\(profile.path)", "--window-size=\(size.width),\(size.height)", "--screenshot=\(file.path)",
    ]
    // Its sandbox refuses to be root's.
    if getuid() == 0 { arguments.append("--no-sandbox") }
    try? FileManager.default.removeItem(at: file)
    let status = try await run(arguments + [page.absoluteString])
    guard status == 0, FileManager.default.fileExists(atPath: file.path) else {
      throw ExecutionFault("\(executable) ended with \(status) and without a picture of \(page.lastPathComponent)")
    }
  }

  private func run(_ arguments: [String]) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: ExecutionFault("--chromium must name a Chromium: \(error)"))
      }
    }
  }
}
