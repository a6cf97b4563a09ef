import ArgumentParser
import Collection
import Foundation
import Settings

/// `check-config`: every fault of a configuration at once.
struct CheckConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config", abstract: "Validates the configuration.",
    discussion: "Exits with 0 if it is sound, and with 1 after naming every fault as file:line:column.")

  @Argument(help: "The file; without it --config.file, then the environment.")
  var file: String?

  @Option(name: .customLong("config.file"), help: ArgumentHelp("The same as the argument.", valueName: "file"))
  var configFile: String?

  @Option(
    name: .customLong("web.config.file"),
    help: ArgumentHelp("A web configuration to validate too, with its certificates and keys.", valueName: "file"))
  var webConfigFile: String?

  func run() throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let path = file ?? environment.value(configFile, "config.file")
    let web = environment.value(webConfigFile, "web.config.file")
    let isWebSound = try Self.check(web)
    let settings: Settings
    do {
      settings = try Configuration.load(path, environment.variables)
    } catch {
      // Whoever asks about a web configuration alone is not told that there is no other.
      if path == nil, web != nil, error.exitCode == ExitCode(2), isWebSound { return }
      Console.error(error.description)
      throw ExitCode(1)
    }
    for warning in settings.warnings { Console.error("warning: \(warning)") }
    let requests = settings.workspaces.reduce(0) { $0 + WorkspaceAssembly.requestsPerDay($1) }
    Console.print(
      "\(path ?? "environment"): sound; \(settings.workspaces.count) workspace(s), about \(requests) requests a day")
    if !isWebSound { throw ExitCode(1) }
  }

  /// Validates the web configuration and says what came of it.
  private static func check(_ web: String?) throws -> Bool {
    guard let web, !web.isEmpty else { return true }
    do {
      for warning in try WebConfiguration.validate(web) { Console.error("warning: \(warning)") }
    } catch {
      Console.error(error.description)
      return false
    }
    Console.print("\(web): sound")
    return true
  }
}
