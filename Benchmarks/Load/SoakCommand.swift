import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Usage

/// Months in an hour: the demo, its clock sped up, scraped all the time.
struct SoakCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Runs a demo with a fast clock and holds its counters against the simulator's truth.",
    discussion: """
      Fails if a scrape fails, if a counter falls, if descriptors grow from the second third to the last, or if a sum of \
      counters is not what the simulator's truth says that it must be. Memory is told and not judged: the demo's process \
      holds the simulated company too, of which there is more every day. `crowd` has the exporter by itself.
      """)

  @Option(help: "Path of the exporter. (default: beside this program)") var exporter: String?
  @Option(help: "How long it takes, in minutes.") var minutes = 60.0
  @Option(help: "How many days pass in that time.") var days = 90.0

  func run() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let speed = (days * 1440 / minutes).rounded()
    let process = try ExporterUnderTest(exporter, ["demo", "--clock.speed", "\(speed)"], in: folder)
    defer { process.stop() }
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    let outcome: Result<Void, any Error>
    do {
      try await process.ready(client)
      try await soak(process, client)
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    try await client.shutdown()
    try outcome.get()
  }

  private func soak(_ process: ExporterUnderTest, _ client: HTTPClient) async throws {
    let started = Date()
    let end = ContinuousClock.now + .seconds(minutes * 60)
    var watch = CounterWatch()
    var usages: [ExporterUnderTest.Usage] = []
    var scrapes = 0
    let first = try await collected(process, client)
    while ContinuousClock.now < end {
      try watch.look(at: try await scrape(process, client))
      scrapes += 1
      usages.append(process.usage)
      try await ContinuousClock().sleep(for: .milliseconds(500))
    }
    // Counters of a collection that is under way are newer than what is told of the last one.
    let last = try await collected(process, client)
    try watch.look(at: last)
    let truth = SoakTruth(today: LocalCalendar.utc.day(at: started))
    let verdicts = truth.verdicts(from: first, to: last)
    let third = max(1, usages.count / 3)
    let early = usages.prefix(2 * third).suffix(third)
    let late = usages.suffix(third)
    print(
      """
      \(scrapes) scrapes over \(minutes) minutes, \(days) simulated days: none failed, no counter fell
      memory, with the simulated company: at most \(Self.most(early, \.megabytes)) MB in the second third, \
      \(Self.most(late, \.megabytes)) MB in the last; descriptors: \(Self.most(early, \.descriptors)) and \(Self.most(late, \.descriptors))
      \(verdicts.map(\.text).joined(separator: "\n"))
      """)
    guard verdicts.allSatisfy(\.isExact) else { throw LoadFault(description: "a sum is not the simulator's") }
    guard Self.most(late, \.descriptors) <= Self.most(early, \.descriptors) + 8 else {
      throw LoadFault(description: "descriptors leak")
    }
  }

  /// A scrape that waits for all collections, as the first of all, from which the counters start, and the last.
  private func collected(_ process: ExporterUnderTest, _ client: HTTPClient) async throws -> Scrape {
    let scrape = try await scrape(process, client, patience: 600)
    let starts = scrape.values("agentusage_collector_last_success_timestamp_seconds")
    guard !starts.isEmpty, starts.values.allSatisfy({ $0 > 0 }) else {
      throw LoadFault(description: "the collections take longer than ten minutes")
    }
    return scrape
  }

  private func scrape(
    _ process: ExporterUnderTest, _ client: HTTPClient, patience seconds: Int = 10
  ) async throws -> Scrape {
    var request = HTTPClientRequest(url: process.url + "/metrics")
    request.headers.add(name: "X-Prometheus-Scrape-Timeout-Seconds", value: "\(seconds)")
    let response = try await client.execute(request, timeout: .seconds(Int64(seconds) + 60))
    guard response.status == .ok else { throw LoadFault(description: "status \(response.status.code)") }
    return try Scrape(String(buffer: try await response.body.collect(upTo: 64 << 20)))
  }

  private static func most(
    _ usages: some Collection<ExporterUnderTest.Usage>, _ number: (ExporterUnderTest.Usage) -> Int
  ) -> Int {
    usages.map(number).max() ?? 0
  }
}

/// Looks that no counter of usage falls.
struct CounterWatch: Sendable {
  private var known: [Scrape.Series: Double] = [:]

  mutating func look(at scrape: Scrape) throws {
    for (series, value) in scrape.samples where scrape.types[series.name] == "counter" {
      if let before = known[series], value < before {
        throw LoadFault(description: "\(series) fell from \(before) to \(value)")
      }
      known[series] = value
    }
  }
}
