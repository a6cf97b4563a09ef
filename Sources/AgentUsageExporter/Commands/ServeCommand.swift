import ArgumentParser
import Foundation
import Logging
import Settings

/// `serve`: the configured workspaces on `/metrics`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves /metrics for the configured workspaces.",
    discussion: """
      Without --config.file the workspaces come from the environment: LANGDOCK_API_KEY, DUST_API_KEY with \
      DUST_WORKSPACE_ID, TESS_API_KEY with TESS_WORKSPACE_ID, and AGENTPHONE_API_KEY, each also with _FILE appended for \
      the path of a file that holds it, and with an optional _BASE_URL in the place of _API_KEY. SIGHUP has the \
      configuration read again.
      """)

  @Option(
    name: .customLong("config.file"),
    help: ArgumentHelp("YAML file with the workspaces. (default: from the environment)", valueName: "file"))
  var configFile: String?

  @OptionGroup(title: "Web") var web: WebOptions

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
    // Until somebody listens for it: the configuration is about to be read anyway.
    signal(SIGHUP, SIG_IGN)
    OpenFiles.raiseLimit()
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let logger = try log.logger(environment)
    var web = try web.resolved(environment, logger: logger)
    web.enableLifecycle = environment.flag(enableLifecycle, "web.enable-lifecycle")
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
}
