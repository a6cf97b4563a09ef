import Foundation
import FoundationNetworking
import Loopback

/// One instance of the exporter, run until all its workspaces are collected.
struct Instance: Sendable {
  let executable: String
  let file: String
  let state: String
  let shard: Int
  let total: Int

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  func measure(expecting workspaces: Int) async throws -> Measurement {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    let port = try FreePort.find()
    process.arguments = [
      "serve", "--config.file", file, "--state.path", state, "--shard", "\(shard)", "--total-shards", "\(total)",
      "--web.listen-address", "127.0.0.1:\(port)", "--log.level", "error",
    ]
    let start = ContinuousClock.now
    try process.run()
    defer { process.terminate() }
    let url = "http://127.0.0.1:\(port)"
    try await poll(process, "ready") { _ = try await get(url + "/-/ready") }
    var measurement = Measurement(shard: shard, workspaces: workspaces, ready: start.duration(to: .now))
    try await poll(process, "collected") {
      let scrape = Lines(try await get(url + "/metrics"))
      guard scrape.sum("agentusage_provider_up{") == Double(workspaces), scrape.isSettled else {
        throw Fault(description: "\(Int(scrape.sum("agentusage_provider_up{"))) of \(workspaces) workspaces collected")
      }
    }
    measurement.collected = start.duration(to: .now)
    var latencies: [Duration] = []
    var body = ""
    for _ in 0..<21 {
      let begin = ContinuousClock.now
      body = try await get(url + "/metrics")
      latencies.append(begin.duration(to: .now))
    }
    measurement.scrape = latencies.sorted()[latencies.count / 2]
    let begin = ContinuousClock.now
    _ = try await get(url + "/metrics?provider[]=tess")
    measurement.part = begin.duration(to: .now)
    measurement.read(Lines(body), bytes: body.utf8.count)
    measurement.stateBytes = try Self.size(of: state)
    return measurement
  }

  private func poll(_ process: Process, _ what: String, _ body: () async throws -> Void) async throws {
    let deadline = ContinuousClock.now + .seconds(1200)
    while true {
      do {
        return try await body()
      } catch {
        guard process.isRunning, ContinuousClock.now < deadline else {
          throw Fault(description: "shard \(shard) not \(what): \(error)")
        }
      }
      try await ContinuousClock().sleep(for: .milliseconds(100))
    }
  }

  private func get(_ url: String) async throws -> String {
    guard let address = URL(string: url) else { throw URLError(.badURL) }
    let (data, response) = try await URLSession.shared.data(for: URLRequest(url: address, timeoutInterval: 60))
    guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
    return String(decoding: data, as: UTF8.self)
  }

  private static func size(of folder: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum + (attributes[.size] as? Int ?? 0)
    }
  }
}

/// A body, line by line.
struct Lines {
  private let lines: [Substring]

  init(_ body: String) {
    lines = body.split(separator: "\n")
  }

  var count: Int { lines.count { !$0.hasPrefix("#") } }

  /// Of all samples whose line begins so.
  func sum(_ prefix: String) -> Double {
    lines.lazy.filter { $0.hasPrefix(prefix) }
      .reduce(0) { $0 + ($1.split(separator: " ").last.flatMap { Double($0) } ?? 0) }
  }

  /// Whether every collector has succeeded.
  var isSettled: Bool {
    !lines.contains { $0.hasPrefix("agentusage_collector_last_success_timestamp_seconds{") && $0.hasSuffix("} 0") }
  }
}
