import ArgumentParser
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
    name: .customLong("web.enable-lifecycle"),
    help: "Read the configuration again at POST /-/reload; SIGHUP does so always.")
  var enableLifecycle = false

  @Option(
    name: .customLong("state.path"),
    help: ArgumentHelp(
      "Folder of the ledger, or :memory: for none. (default: ./agent-usage-state)", valueName: "folder"))
  var statePath: String?

  @OptionGroup(title: "Sharding") var sharding: ShardOptions

  @OptionGroup(title: "Logging") var log: LogOptions

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    try refuseWhatIsNotThere(environment)
    var web = try web.resolved(environment)
    web.enableLifecycle = environment.flag(enableLifecycle, "web.enable-lifecycle")
    let logger = try log.logger(environment)
    let source = SettingsSource(
      path: environment.value(configFile, "config.file"), environment: environment.variables,
      shard: try sharding.resolved(environment))
    let settings: Settings
    do {
      settings = try source.load(warning: logger)
    } catch {
      Console.error(error.description)
      throw error.exitCode
    }
    let exporter = Exporter(
      settings: settings, statePath: environment.value(statePath, "state.path") ?? "./agent-usage-state", web: web,
      logger: logger, environment: environment.variables, source: source)
    try await exporter.run()
  }

  /// A flag that promises protection must not be taken and ignored.
  private func refuseWhatIsNotThere(_ environment: FlagEnvironment) throws {
    if environment.value(webConfigFile, "web.config.file") != nil {
      throw ValidationError("--web.config.file is not in this version yet: put TLS and authentication in front of it")
    }
  }
}
