import AsyncHTTPClient
import Foundation
import Loopback
import NIOCore
import NIOHTTP1
import Usage

struct LoadFault: Error, CustomStringConvertible {
  let description: String
}

/// The exporter as a process, and what it takes of the machine.
struct ExporterUnderTest: Sendable {
  /// Memory and descriptors at one moment.
  struct Usage: Sendable {
    let bytes: Int
    let descriptors: Int

    var megabytes: Int { bytes >> 20 }
  }

  let port: Int
  private let identifier: Int32
  private let log: String

  var url: String { "http://127.0.0.1:\(port)" }

  init(_ path: String?, _ arguments: [String], in folder: TemporaryFolder) throws {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let executable = path ?? beside.appendingPathComponent("agent-usage-exporter").path
    guard FileManager.default.isExecutableFile(atPath: executable) else {
      throw LoadFault(description: "build the exporter first, or give --exporter")
    }
    port = try FreePort.find()
    log = folder.path + "/exporter.log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments + ["--web.listen-address", "127.0.0.1:\(port)", "--log.level", "error"]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path]
    process.standardOutput = FileHandle(forWritingAtPath: log)
    process.standardError = process.standardOutput
    try process.run()
    identifier = process.processIdentifier
  }

  func stop() { kill(identifier, SIGTERM) }

  /// Waits until it answers.
  func ready(_ client: HTTPClient) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      let response = try? await client.execute(HTTPClientRequest(url: url + "/-/ready"), timeout: .seconds(5))
      if response?.status == .ok { return }
      guard ContinuousClock.now < deadline else {
        throw LoadFault(description: "not ready: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
      }
      try await ContinuousClock().sleep(for: .milliseconds(50))
    }
  }

  var usage: Usage {
    let status = (try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/fd").count) ?? 0
    return Usage(bytes: kilobytes << 10, descriptors: descriptors)
  }
}

/// A folder for one run.
struct TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("load-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    return path + "/" + name
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
