import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulator
import Usage

/// Many connections at once, some of them slow on purpose, while the data are refreshed all the time.
struct CrowdCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crowd", abstract: "Scrapes over many connections, among slow readers and slow writers.",
    discussion: """
      Fails if a scrape fails, if the exporter's memory grows by more than a third from the middle to the end, or if the \
      99th percentile of the scrapes exceeds --p99.
      """)

  @Option(help: "Path of the exporter. (default: beside this program)") var exporter: String?
  @Option(help: "How many connections scrape in a row.") var connections = 440
  @Option(help: "How many more take their answer a kilobyte at a time.") var slowReaders = 30
  @Option(help: "How many more send their request a byte at a time.") var slowWriters = 30
  @Option(help: "How many scrapes there are in all.") var scrapes = 10_000
  @Option(help: "The longest that 99 of 100 scrapes may take, in seconds.") var p99 = 10.0

  func run() async throws {
    let company = Company(.init(today: LocalCalendar.utc.day(at: Date()), historyDays: 10))
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try folder.write("config.yml", Self.configuration(simulator))
      let process = try ExporterUnderTest(
        exporter, ["serve", "--config.file", file, "--state.path", folder.path + "/state"], in: folder)
      defer { process.stop() }
      let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration(connections))
      let outcome: Result<Void, any Error>
      do {
        try await process.ready(client)
        try await press(process, client)
        outcome = .success(())
      } catch {
        outcome = .failure(error)
      }
      try await client.shutdown()
      try outcome.get()
    }
  }

  private func press(_ process: ExporterUnderTest, _ client: HTTPClient) async throws {
    let slow = try await SlowClients.start(readers: slowReaders, writers: slowWriters, port: process.port)
    var latencies = Latencies()
    let start = ContinuousClock.now
    // In two halves, so that memory can be seen to stay where it is.
    latencies.add(try await scrape(process, client, scrapes / 2))
    let middle = process.usage
    latencies.add(try await scrape(process, client, scrapes - scrapes / 2))
    let end = process.usage
    let elapsed = start.duration(to: .now).seconds
    let slowOnes = try await slow.end()
    print(
      """
      \(latencies.count) scrapes over \(connections) connections, among \(slowReaders) slow readers and \(slowWriters) slow \
      writers, in \(elapsed.rounded()) s: \(latencies.failures) failed; median \(latencies.text(0.5)), p99 \(latencies.text(0.99)), \
      slowest \(latencies.text(1))
      slow clients: \(slowOnes)
      memory: \(middle.megabytes) MB after half of them, \(end.megabytes) MB at the end; descriptors: \
      \(middle.descriptors) and \(end.descriptors)
      """)
    guard latencies.failures == 0 else {
      throw LoadFault(description: "\(latencies.failures) scrapes failed: \(latencies.causes)")
    }
    guard end.bytes < middle.bytes * 4 / 3 else { throw LoadFault(description: "memory has grown") }
    guard latencies.quantile(0.99).seconds <= p99 else {
      throw LoadFault(description: "p99 is \(latencies.text(0.99))")
    }
  }

  private func scrape(_ process: ExporterUnderTest, _ client: HTTPClient, _ count: Int) async throws -> Latencies {
    await withTaskGroup(of: Latencies.self) { group in
      for number in 0..<connections {
        // As evenly as it goes.
        let share = count / connections + (number < count % connections ? 1 : 0)
        group.addTask { await Self.scrape(process.url, client, share, gzip: number.isMultiple(of: 2)) }
      }
      return await group.reduce(into: Latencies()) { $0.add($1) }
    }
  }

  private static func scrape(_ url: String, _ client: HTTPClient, _ count: Int, gzip: Bool) async -> Latencies {
    var latencies = Latencies()
    for _ in 0..<count {
      let start = ContinuousClock.now
      do {
        var request = HTTPClientRequest(url: url + "/metrics")
        if gzip { request.headers.add(name: "accept-encoding", value: "gzip") }
        request.headers.add(name: "accept", value: "application/openmetrics-text;version=1.0.0")
        let response = try await client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 64 << 20)
        // A whole one ends with the mark of its end; of a compressed one the client has no means to tell but the length.
        let isWhole = gzip ? body.readableBytes > 1000 : String(buffer: body).hasSuffix("# EOF\n")
        guard response.status == .ok, isWhole else { throw LoadFault(description: "status \(response.status.code)") }
        latencies.add(start.duration(to: .now))
      } catch {
        latencies.fail(error)
      }
    }
    return latencies
  }

  private static func clientConfiguration(_ connections: Int) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
    configuration.timeout.connect = .seconds(30)
    return configuration
  }

  /// Refreshed every second.
  private static func configuration(_ simulator: Simulator) -> String {
    """
    workspaces:
      - name: acme
        provider: langdock
        api_key: \(simulator.langdockKey)
        base_url: \(simulator.langdockURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
          models: { min_interval: 1s }
          users: { enabled: true, min_interval: 1s }
      - name: acme
        provider: agentphone
        api_key: \(simulator.agentPhoneKey)
        base_url: \(simulator.agentPhoneURL)
        requests_per_minute: 10000
        collectors: { agents: { min_interval: 1s }, account: { min_interval: 1s } }
    """
  }
}
