import ArgumentParser
import Backfill
import Exposition
import Foundation
import Settings
import Usage

/// `backfill`: the past of the configured workspaces as OpenMetrics with timestamps.
struct BackfillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill", abstract: "Writes the past as OpenMetrics, ready to become Prometheus' own.",
    discussion: """
      Asks the providers for the usage of days that are over and writes counters that rise from 0 at the first day. \
      They become blocks of a Prometheus with `promtool tsdb create-blocks-from openmetrics --max-block-duration=744h \
      FILE DATA_DIR`.

      What was read is kept in FILE.partial until FILE is written: after an interruption the same command goes on where \
      it was. Give the labels of the scraped target, or the live series will be others: --label job=agent-usage --label \
      instance=localhost:9847.
      """)

  @Option(help: ArgumentHelp("The first day, as 2026-01-31.", valueName: "day"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The last day. (default: yesterday, or the day before the live counters began)", valueName: "day"))
  var to: String?

  @Option(help: ArgumentHelp("Where to write. (default: to standard output, without resuming)", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("config.file"),
    help: ArgumentHelp("YAML file with the workspaces. (default: from the environment)", valueName: "file"))
  var configFile: String?

  @Option(
    help: ArgumentHelp("Time between two samples within a day, from 1m to 1d. (default: 1h)", valueName: "duration"))
  var step: String?

  @Option(
    help: ArgumentHelp("Only workspaces of this provider; may be repeated. (default: all)", valueName: "provider"))
  var provider: [String] = []

  @Option(help: ArgumentHelp("Only workspaces of this name; may be repeated. (default: all)", valueName: "name"))
  var workspace: [String] = []

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Adds a label to every series, as job=agent-usage; may be repeated.", valueName: "name=value"))
  var labels: [String] = []

  @Option(
    name: .customLong("state.path"),
    help: ArgumentHelp(
      """
      Folder of the ledger of `serve`, which tells since when there are live counters; it may be in use. \
      (default: ./agent-usage-state)
      """, valueName: "folder"))
  var statePath: String?

  @Option(
    name: .customLong("live-since"),
    help: ArgumentHelp("The day on which the live counters began. (default: what the ledger says)", valueName: "day"))
  var liveSince: String?

  @OptionGroup(title: "Logging") var log: LogOptions

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let logger = try log.logger(environment)
    guard let first = try Self.day(environment.value(from, "from"), "from") else {
      throw ValidationError("--from is missing: the first day to write, as 2026-01-31")
    }
    var format = Backfill.Format()
    format.step = try Self.step(environment.value(step, "step") ?? "1h")
    format.labels = try BackfillLabels.parse(environment.list(labels, "label"))
    let settings: Settings
    do {
      settings = try Configuration.load(environment.value(configFile, "config.file"), environment.variables)
    } catch {
      Console.error(error.description)
      throw error.exitCode
    }
    let run = BackfillRun(
      workspaces: try chosen(settings, environment), from: first, to: try Self.day(environment.value(to, "to"), "to"),
      output: environment.value(output, "output"), format: format,
      statePath: environment.value(statePath, "state.path") ?? "./agent-usage-state",
      liveSince: try Self.day(environment.value(liveSince, "live-since"), "live-since"), logger: logger,
      environment: environment.variables)
    try await run.run()
  }

  private func chosen(_ settings: Settings, _ environment: FlagEnvironment) throws -> [WorkspaceSettings] {
    let providers = environment.list(provider, "provider")
    let names = environment.list(workspace, "workspace")
    let chosen = settings.workspaces.filter { workspace in
      (providers.isEmpty || providers.contains(workspace.id.provider.rawValue))
        && (names.isEmpty || names.contains(workspace.id.name))
    }
    guard !chosen.isEmpty else {
      let known = settings.workspaces.map(\.id.description).joined(separator: ", ")
      throw ValidationError("--provider and --workspace leave nothing; the configuration has \(known)")
    }
    return chosen
  }

  private static func day(_ text: String?, _ name: String) throws -> Day? {
    guard let text else { return nil }
    guard let day = Day(iso: text) else {
      throw ValidationError("--\(name) must be a day as 2026-01-31, not \(text)")
    }
    return day
  }

  private static func step(_ text: String) throws -> TimeInterval {
    guard let seconds = try? DurationSyntax.parse(text), (60...86_400).contains(seconds) else {
      throw ValidationError("--step must be a duration from 1m to 1d, as 1h, not \(text)")
    }
    return seconds
  }
}
