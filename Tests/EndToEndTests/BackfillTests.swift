import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// `backfill` into a real Prometheus, and the live exporter after it.
@Suite("Backfill")
struct BackfillTests {
  /// Bytes, of which a bare Swift process with TLS and time zones takes most.
  private static let memory = 96 << 20
  /// By how many bytes half a year may be above a month: a spill's page cache is full in both.
  private static let growth = 12 << 20

  @Test("six months of fifty agents are the truth in Prometheus, and the live counters go on without a jump")
  func sixMonths() async throws {
    let now = Date()
    let past = try #require(BackfilledCompany(at: now))
    let scratch = try Scratch()
    var vendors = Simulator.Configuration()
    // Tess caches its pages for a minute, in which the live usage would be awaited.
    vendors.tess.pageCache = 1
    try await Simulator(company: past.company, clock: SystemClock(), configuration: vendors).withRunning { simulator in
      let configuration = try scratch.write("config.yml", BackfilledCompany.configuration(simulator))
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", configuration], environment: ExporterProcess.keys(simulator), in: scratch)
      // The ledger of the running exporter tells that its counters began today.
      _ = try await HTTP.scrape(exporter.url + "/metrics")
      let instance = exporter.url.replacingOccurrences(of: "http://", with: "")
      let labels = ["--label", "job=agent-usage", "--label", "instance=\(instance)"]
      let month = try await Self.backfill(past.lastMonth, "month.om", labels, configuration, simulator, scratch)
      let whole = try await Self.backfill(past.first, "past.om", labels, configuration, simulator, scratch)
      let peaks = [month, whole].compactMap { Self.field("peak_memory_bytes", of: $0).flatMap { Int($0) } }
      #expect(peaks.count == 2 && peaks.allSatisfy { $0 > 1 << 20 && $0 < Self.memory }, "\(peaks)")
      #expect((peaks.last ?? .max) - (peaks.first ?? 0) < Self.growth, "\(peaks)")

      let promtool = try Child(
        try Child.find("promtool"),
        [
          "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", scratch.path + "/past.om",
          scratch.path + "/tsdb",
        ], in: scratch.path)
      #expect(await promtool.wait() == 0, "\(promtool.log)")
      let prometheus = try await Prometheus.start(scraping: exporter.url, every: "1s", in: scratch)
      try await Self.expectMonths(past, prometheus, at: now)
      try await Self.expectSeam(past, prometheus, at: now)
    }
  }

  private static func backfill(
    _ from: Day, _ file: String, _ labels: [String], _ configuration: String, _ simulator: Simulator, _ scratch: Scratch
  ) async throws -> String {
    let child = try Child(
      try Child.exporter(),
      [
        "backfill", "--from", "\(from)", "--config.file", configuration, "--output", scratch.path + "/" + file,
      ] + labels, environment: ExporterProcess.keys(simulator), in: scratch.path)
    #expect(await child.wait() == 0, "\(child.log)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/\(file).partial"))
    return child.log
  }

  private static func field(_ name: String, of log: String) -> Substring? {
    log.split { " \n".contains($0) }.last { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
  }

  /// A sample stands at each month's start and end, so Prometheus has nothing to extrapolate: a part in a million is for
  /// its arithmetic. A version 3, whose ranges do not hold their start, would be a step off, 1 part in 720.
  private static func expectMonths(_ past: BackfilledCompany, _ prometheus: Prometheus, at now: Date) async throws {
    #expect(past.months.count == 6)
    for month in past.months {
      let truth = past.truth(month, at: now)
      let seconds = Int(past.end(of: month) - past.start(of: month))
      var shown: [String: Double] = [:]
      for counter in ["messages", "executions"] {
        let answer = try await prometheus.query(
          "increase(agentusage_agent_\(counter)_total{workspace=\"acme\"}[\(seconds)s] @ \(past.end(of: month)))")
        for sample in answer where (counter == "executions") == (sample.labels["provider"] == "tess") {
          shown[sample.labels["agent_id"] ?? ""] = sample.value
        }
      }
      #expect(shown.count == BackfilledCompany.agents)
      for agent in 0..<BackfilledCompany.agents {
        let id = BackfilledCompany.id(of: agent)
        let expected = truth[id] ?? 0
        #expect(abs((shown[id] ?? .nan) - expected) <= 1e-6 * expected, "\(id) in \(month): \(shown[id] ?? .nan)")
      }
      #expect(truth.values.reduce(0, +) > 100)
    }
  }

  private static func expectSeam(_ past: BackfilledCompany, _ prometheus: Prometheus, at now: Date) async throws {
    _ = try await HTTP.poll("a live sample of each agent") {
      let count = try await prometheus.query(
        "count(agentusage_agent_messages_total or agentusage_agent_executions_total)")
      return count.first?.value ?? 0 >= Double(BackfilledCompany.agents) ? true : nil
    }
    for agent in 0..<BackfilledCompany.agents { past.add(agent + 1, to: agent, at: Date()) }
    for agent in [0, 1, 2, 47, 48, 49] {
      _ = try await HTTP.poll("live usage of agent \(agent)", for: .seconds(90)) {
        try await prometheus.query(BackfilledCompany.counter(of: agent)).first?.value == Double(agent + 1) ? true : nil
      }
    }
    let whole = DaySpan(past.first, through: past.yesterday)
    let truth = past.truth(whole, at: Date())
    for agent in 0..<BackfilledCompany.agents {
      let counter = BackfilledCompany.counter(of: agent)
      let window = Int(Date().timeIntervalSince1970 - past.start(of: whole)) + 3600
      let increase = try await HTTP.poll("the seam of agent \(agent)") { () -> Prometheus.Sample? in
        let answer = try await prometheus.query("increase(\(counter)[\(window)s])")
        // One series before and after, or the labels do not meet.
        return answer.count == 1 ? answer[0] : nil
      }
      let expected = (truth[BackfilledCompany.id(of: agent)] ?? 0) + Double(agent + 1)
      #expect(abs(increase.value - expected) < 1e-4 * expected + 1e-3, "\(counter): \(increase.value), not \(expected)")
      #expect(try await prometheus.query("resets(\(counter)[\(window)s])").first?.value ?? 0 <= 1)
    }
  }

  @Test("an interruption leaves what the same command goes on with")
  func interruption() async throws {
    let past = try #require(BackfilledCompany(at: Date(), months: 1))
    let scratch = try Scratch()
    try await Simulator(company: past.company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write("config.yml", BackfilledCompany.configuration(simulator))
      func start(_ output: String) throws -> Child {
        try Child(
          try Child.exporter(),
          ["backfill", "--from", "\(past.first)", "--config.file", file, "--output", scratch.path + "/" + output],
          environment: ExporterProcess.keys(simulator), in: scratch.path)
      }
      let whole = try start("whole.om")
      #expect(await whole.wait() == 0, "\(whole.log)")

      // The eleventh export gets no answer: what was read before is kept.
      simulator.faults.inject(.hang, at: .langdock, sparing: 10)
      let first = try start("pieces.om")
      _ = try await HTTP.poll("a request that hangs") { simulator.faults.hanging > 0 ? true : nil }
      let second = try start("pieces.om")
      #expect(await second.wait() == 1)
      #expect(second.log.contains("in use by another backfill"), "\(second.log)")
      first.signal(SIGINT)
      #expect(await first.wait() == 130)
      #expect(first.log.contains("the same command goes on"), "\(first.log)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path + "/pieces.om"))

      simulator.faults.clear()
      simulator.faults.release()
      let third = try start("pieces.om")
      #expect(await third.wait() == 0, "\(third.log)")
      let documents = try ["whole.om", "pieces.om"].map {
        try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/" + $0))
      }
      #expect(documents[0] == documents[1] && documents[0].count > 1000)
      #expect(
        (Int(Self.field("requests", of: third.log) ?? "") ?? 0)
          < (Int(Self.field("requests", of: whole.log) ?? "") ?? 0))
    }
  }

  @Test(
    "refuses what cannot be",
    arguments: [
      ([], "--from"), (["--from", "yesterday"], "2026-01-31"),
      (["--from", "2026-01-01", "--to", "2999-01-01"], "today"),
      (["--from", "2026-01-01", "--step", "1s"], "1m to 1d"),
      (["--from", "2026-01-01", "--label", "agent_id=x"], "agent_id"),
      (["--from", "2026-01-01", "--to", "2026-03-01", "--live-since", "2026-02-01"], "2026-01-31"),
      (["--from", "2026-01-01", "--label", "job"], "job=agent-usage"),
      (["--from", "2026-01-01", "--provider", "dust"], "langdock/default"),
    ])
  func refusals(arguments: [String], hint: String) async throws {
    let scratch = try Scratch()
    let child = try Child(
      try Child.exporter(), ["backfill", "--output", "past.om"] + arguments,
      environment: ["LANGDOCK_API_KEY": "sk-ld-x"], in: scratch.path)
    #expect(await child.wait() != 0)
    #expect(child.log.contains(hint), "\(child.log)")
    #expect(!child.log.contains("sk-ld-x"))
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(left.allSatisfy { $0.hasSuffix(".log") }, "\(left)")
  }
}
