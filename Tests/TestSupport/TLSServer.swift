import Foundation
import Synchronization

/// Certificates made by openssl, and a server of its that shows one of them.
package final class TLSServer: Sendable {
  private let folder: URL
  private let server = Mutex<Process?>(nil)

  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  /// Makes an authority, and of it a certificate for `name`.
  ///
  /// - Parameter days: for which the certificate is valid; negative for one that has expired.
  package init(name: String, days: Int) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("doctor-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("v1"), withIntermediateDirectories: true)
    try write("extensions", "subjectAltName=DNS:\(name)\n")
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try await run(
      ["req", "-x509"] + key + ["-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=authority"])
    try await run(["req"] + key + ["-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=\(name)"])
    try await run([
      "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "\(days)",
      "-extfile", "extensions", "-out", "certificate.pem",
    ])
  }

  /// A PEM file with the authority's certificate.
  package var authority: String { folder.appendingPathComponent("ca.pem").path }

  /// Serves `/v1/usage` of AgentPhone on loopback.
  ///
  /// - Returns: the port.
  package func start() async throws -> Int {
    try write(
      "v1/usage",
      "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
        + #"{"numbers":{"used":1,"limit":5,"remaining":4},"stats":{"totalMessages":7}}"#)
    let output = Pipe()
    let process = openssl([
      "s_server", "-accept", "127.0.0.1:0", "-cert", "certificate.pem", "-key", "key.pem", "-HTTP",
    ])
    process.standardOutput = output
    try process.run()
    server.withLock { $0 = process }
    // It says where it listens before anything else of interest.
    var text = ""
    for await piece in Self.pieces(output.fileHandleForReading) {
      text += String(decoding: piece, as: UTF8.self)
      if let port = text.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)\n/)?.1 { return Int(port) ?? 0 }
    }
    throw Failed(description: "openssl s_server ended")
  }

  private static func pieces(_ handle: FileHandle) -> AsyncStream<Data> {
    AsyncStream { continuation in
      handle.readabilityHandler = { handle in
        let piece = handle.availableData
        guard piece.isEmpty else {
          continuation.yield(piece)
          return
        }
        handle.readabilityHandler = nil
        continuation.finish()
      }
    }
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  private func openssl(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  private func run(_ arguments: [String]) async throws {
    let process = openssl(arguments)
    process.standardOutput = FileHandle.nullDevice
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    guard status == 0 else { throw Failed(description: "openssl \(arguments[0]) ended with \(status)") }
  }

  /// Kills the server: a child inherits the signals that this process blocks, so that it may not hear of another one.
  package func stop() {
    server.withLock { process in
      if let process { kill(process.processIdentifier, SIGKILL) }
    }
    try? FileManager.default.removeItem(at: folder)
  }
}
