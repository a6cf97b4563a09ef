import Dashboards
import Foundation
import Testing
import Usage

/// A Prometheus that holds weeks of the demo, with what the shipped rules would have recorded.
///
/// One sample an hour: a month of samples every five minutes would be gigabytes.
struct DemoWeeks: Sendable {
  /// How long the past is, in Prometheus' notation, and in seconds how far apart are two collections and two samples.
  struct Plan: Sendable {
    let length: String
    let step: TimeInterval
    let interval: TimeInterval

    static let weeks = Plan(length: "35d", step: DemoWeeks.forPictures ? 3600 : 6 * 3600, interval: 3600)
    static let days = Plan(length: "2d", step: 600, interval: 300)
  }

  let plan: Plan
  let prometheus: Prometheus
  let span: HistorySpan
  let company: DemoCompany
  let scratch: Scratch

  /// An agent of Dust that is used six times as much on the day before the last.
  static let spiking = "aKundenh01"

  /// Whether the pictures are to be made anew; they want more collections than tests do.
  static let forPictures = ProcessInfo.processInfo.environment["AGENTUSAGE_UPDATE_PICTURES"] == "1"

  /// Where the boards' range ends: at the last collection, so that what is shown is what was collected.
  var end: Date { span.last(every: plan.step) }

  var api: PrometheusAPI { PrometheusAPI(url: prometheus.url) }

  /// The weeks of the tests under way.
  @TaskLocal static var current: DemoWeeks?

  static func build(_ plan: Plan) async throws -> DemoWeeks {
    let scratch = try Scratch()
    let file = scratch.path + "/history.om"
    let tsdb = scratch.path + "/tsdb"
    let company = DemoCompany(spike: (agent: spiking, day: -1), of: .dust)
    try await record(plan, to: file, in: scratch)
    let span = try HistorySpan(of: file)
    let promtool = try Child(
      try Child.find("promtool"),
      ["tsdb", "create-blocks-from", "openmetrics", "-q", "--max-block-duration=168h", file, tsdb], in: scratch.path)
    try #require(await promtool.wait() == 0, "\(promtool.log)")
    if plan.interval == 3600 { try await record(over: span, in: tsdb, scratch) }
    let prometheus = try await Prometheus.start(
      configuration: "{}", options: ["--query.lookback-delta=\(Int(plan.interval))s"], tsdb: tsdb, in: scratch)
    return DemoWeeks(plan: plan, prometheus: prometheus, span: span, company: company, scratch: scratch)
  }

  private static func record(_ plan: Plan, to file: String, in scratch: Scratch) async throws {
    let exporter = try await ExporterProcess.start(
      [
        "demo", "--history", plan.length, "--history.step", "\(Int(plan.step))s", "--history.interval",
        "\(Int(plan.interval))s", "--history.file", file, "--incident", "\(spiking)=-1",
      ], in: scratch, within: .seconds(600))
    exporter.child.signal(SIGTERM)
    await exporter.child.wait()
  }

  private static func record(over span: HistorySpan, in tsdb: String, _ scratch: Scratch) async throws {
    // No window shorter than a sample and a half.
    let rules = try RuleFiles.shipped().faster(1, floor: 5400)
    let past = RecordedHistory(scratch: scratch, tsdb: tsdb)
    try await past.record(rules, from: span.first, to: span.last, every: "1h", lookBack: "1h")
    try await past.record(
      rules.recordedAlerts(/AgentUsage(?:Spike|Burst|Silent|Budget\w+)/), from: span.last - 14 * 86_400,
      to: span.last, every: "1h", lookBack: "1h")
  }

  func end() async {
    prometheus.child.signal(SIGTERM)
    await prometheus.child.wait()
  }
}

/// Builds the weeks once for all tests of a suite.
struct DemoWeeksTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let weeks = try await DemoWeeks.build(.weeks)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await DemoWeeks.$current.withValue(weeks) { try await function() })
    } catch {
      outcome = .failure(error)
    }
    await weeks.end()
    try outcome.get()
  }
}

extension Trait where Self == DemoWeeksTrait {
  static var demoWeeks: DemoWeeksTrait { DemoWeeksTrait() }
}
