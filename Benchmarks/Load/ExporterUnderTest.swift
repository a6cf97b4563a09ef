import AsyncHTTPClient
import Foundation
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
    port = try Self.freePort()
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

  /// A port that nothing listens on now.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
      }
    }
    guard result == 0 else { throw LoadFault(description: "there is no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
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
