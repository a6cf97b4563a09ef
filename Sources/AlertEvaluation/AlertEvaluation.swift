import ArgumentParser
import Foundation

/// Judges the shipped usage alerts by eight weeks of labelled data in a real Prometheus.
@main
struct AlertEvaluation: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert-evaluation",
    abstract: "Measures what the usage alerts detect and miss, and how often they are wrong.",
    discussion: """
      Makes eight weeks of usage of 50 agents for each seed, with labelled spikes in the last two, loads them into a \
      Prometheus of its own, records the rules that the usage alerts need, evaluates the alerts and compares. Companies \
      to whose exporter, provider or calendar something happens must raise no alarm; their noise is low, so that an \
      alarm can only come from the event. Needs prometheus and promtool. Exit status 1 when a target is missed.
      """)

  @Option(help: "Seeds, a company of 50 agents for each.")
  var seeds = "501,502,503,504"

  @Option(
    help: """
      How usage is published: live (5 min), half (30 min), hourly; and daily and dailyj (late, with gaps), to which the \
      targets do not apply.
      """)
  var publications = "live,half"

  @Option(help: "The folder of the rule files.")
  var rules = "alerts"

  @Option(help: "How often rules are evaluated: 5m, as shipped, or 10m, in half the time.")
  var resolution = "5m"

  @Option(help: "Severity, least per cent detected, most false alarms in a week of 50 agents; empty for no targets.")
  var targets = "info:95:5,warning:90:1"

  @Option(
    help: """
      Thresholds other than the shipped ones, as in spike_sigmas_info=2.5,spike_noise=0.4. Several values, as in \
      spike_sigmas_info=2.3/2.6,spike_sigmas_warning=4/5, are compared with the shipped ones: all first values, then all \
      second ones.
      """)
  var thresholds = ""

  @Option(help: "table, markdown or json.")
  var format = "table"

  @Flag(inversion: .prefixedNo, help: "Whether companies with an event but no spike are evaluated.")
  var quiet = true

  @Flag(help: "Keep the working folder with Prometheus' data and the spikes' labels, and say where it is.")
  var keep = false

  func run() async throws {
    let options = try Options(self)
    let grid = try ThresholdGrid(options.thresholds, rules: RuleFile.rules(in: rules))
    let progress = Progress()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alert-evaluation-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { if !keep { try? FileManager.default.removeItem(atPath: folder) } }
    let companies = options.seeds.map(Company.withSpikes) + (quiet ? QuietEvent.allCases.map(Company.quiet) : [])
    if keep {
      progress.tell("working in \(folder)")
      try JSONEncoder().encode(companies.flatMap(\.spikes)).write(to: URL(fileURLWithPath: folder + "/spikes.json"))
    }
    let evaluation = Evaluation(
      folder: folder, grid: grid, companies: companies, publications: options.publications,
      resolution: options.resolution, progress: progress)
    let alarms = try await Interruption.cancelling { try await evaluation.run() }
    func result(of setting: Setting) -> Report {
      Report(
        alarms[setting] ?? [], companies: companies, seeds: options.seeds, publications: options.publications,
        resolution: options.resolution, targets: options.targets)
    }
    var report = result(of: grid.judged)
    report.settings = grid.compared.map { SettingScore($0, result(of: $0)) }
    print(try report.text(as: options.format), terminator: "")
    if !report.failures.isEmpty { throw ExitCode.failure }
  }
}

/// The options' values, once they are known to be right.
private struct Options {
  let seeds: [UInt64]
  let publications: [Publication]
  let resolution: Int
  let targets: [Target]
  let thresholds: [ThresholdValues]
  let format: ReportFormat

  init(_ command: AlertEvaluation) throws {
    seeds = try Self.list(command.seeds, "--seeds takes numbers, as in 501,502") { UInt64($0) }
    publications = try Self.list(command.publications, "--publications takes live, half, hourly, daily and dailyj") {
      Publication(rawValue: $0)
    }
    targets = try Self.list(command.targets, "--targets takes severity:percent:alarms, as in info:95:5") { Target($0) }
    thresholds = try Self.list(command.thresholds, "--thresholds takes name=value, as in spike_sigmas_info=2.5") {
      ThresholdValues($0)
    }
    guard let seconds = PrometheusDuration.seconds(command.resolution), [300, 600].contains(seconds) else {
      throw ValidationError("--resolution takes 5m or 10m: rules read series by last_over_time(…[10m])")
    }
    resolution = seconds
    guard let format = ReportFormat(rawValue: command.format) else {
      throw ValidationError("--format takes table, markdown or json")
    }
    self.format = format
  }

  private static func list<Value>(
    _ text: String, _ message: String, _ convert: (String) -> Value?
  ) throws -> [Value] {
    try text.split(separator: ",").map { part in
      guard let value = convert(String(part)) else { throw ValidationError("\(message), not \(part)") }
      return value
    }
  }
}
