import ArgumentParser
import Collection
import Foundation
import Logging
import Settings

/// `serve`: the configured workspaces on `/metrics`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves /metrics for the configured workspaces.",
    discussion: """
      Without --config.file the workspaces come from the environment: LANGDOCK_API_KEY and AGENTPHONE_API_KEY, each with \
      an optional _BASE_URL, or _FILE instead of the key.
      """)

  @Option(
    name: .customLong("config.file"),
    help: ArgumentHelp("YAML file with the workspaces. (default: from the environment)", valueName: "file"))
  var configFile: String?

  @OptionGroup(title: "Web") var web: WebOptions

  @Option(
    name: .customLong("web.config.file"),
    help: ArgumentHelp(
      "TLS and authentication, in exporter-toolkit's schema. Not in this version yet.", valueName: "file"))
  var webConfigFile: String?

  @Flag(
    name: .customLong("web.enable-lifecycle"), help: "Reload by POST /-/reload. Not in this version yet.")
  var enableLifecycle = false

  @Option(
    name: .customLong("state.path"),
    help: ArgumentHelp(
      "Folder of the ledger, or :memory: for none. (default: ./agent-usage-state)", valueName: "folder"))
  var statePath: String?

  @Option(name: .customLong("shard"), help: ArgumentHelp("This instance's shard, from 0. (default: 0)", valueName: "n"))
  var shard: Int?

  @Option(
    name: .customLong("total-shards"),
    help: ArgumentHelp("How many instances share the workspaces. (default: 1)", valueName: "n"))
  var totalShards: Int?

  @OptionGroup(title: "Logging") var log: LogOptions

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    try refuseWhatIsNotThere(environment)
    let web = try web.resolved(environment)
    let logger = try log.logger(environment)
    let shard = try resolvedShard(environment)
    var settings: Settings
    do {
      settings = try Configuration.load(environment.value(configFile, "config.file"), environment.variables)
    } catch {
      Console.error(error.description)
      throw error.exitCode
    }
    for warning in settings.warnings { logger.warning("\(warning)") }
    settings.workspaces = settings.workspaces.filter { shard.holds($0.id) }
    let exporter = Exporter(
      settings: settings, statePath: environment.value(statePath, "state.path") ?? "./agent-usage-state", web: web,
      logger: logger, environment: environment.variables)
    try await exporter.run()
  }

  /// A flag that promises protection must not be taken and ignored.
  private func refuseWhatIsNotThere(_ environment: FlagEnvironment) throws {
    if environment.value(webConfigFile, "web.config.file") != nil {
      throw ValidationError("--web.config.file is not in this version yet: put TLS and authentication in front of it")
    }
    if enableLifecycle || environment.value(nil, "web.enable-lifecycle") == "true" {
      throw ValidationError(
        "--web.enable-lifecycle is not in this version yet: restart to read the configuration again")
    }
  }

  private func resolvedShard(_ environment: FlagEnvironment) throws -> Shard {
    func number(_ flag: Int?, _ name: String, _ standard: Int) throws -> Int {
      guard let text = environment.value(flag.map(String.init), name) else { return standard }
      guard let number = Int(text) else { throw ValidationError("--\(name) must be a whole number, not \(text)") }
      return number
    }
    let index = try number(shard, "shard", 0)
    let total = try number(totalShards, "total-shards", 1)
    guard let shard = Shard(index: index, total: total) else {
      throw ValidationError("--shard must be from 0 to --total-shards less one, not \(index) of \(total)")
    }
    return shard
  }
}
