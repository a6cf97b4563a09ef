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

  func run() throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let path = file ?? environment.value(configFile, "config.file")
    let settings: Settings
    do {
      settings = try Configuration.load(path, environment.variables)
    } catch {
      Console.error(error.description)
      throw ExitCode(1)
    }
    for warning in settings.warnings { Console.error("warning: \(warning)") }
    let requests = settings.workspaces.reduce(0) { $0 + WorkspaceAssembly.requestsPerDay($1) }
    Console.print(
      "\(path ?? "environment"): sound; \(settings.workspaces.count) workspace(s), about \(requests) requests a day")
  }
}
