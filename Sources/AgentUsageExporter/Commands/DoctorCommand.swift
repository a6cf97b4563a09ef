import ArgumentParser
import Doctor
import Foundation
import Settings
import Upstream
import Usage

/// `doctor`: what works and what does not, in words.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Asks each provider once per collector and says what works and what does not.",
    discussion: """
      Asks for today only, writes nothing and does not touch the ledger, so it may run beside a running exporter.

      Exits with 0 if all is well, also with warnings; with 1 if something is wrong; with 2 if the configuration cannot \
      be read. Without --config.file the workspaces come from the environment, as for `serve`.
      """)

  @Option(
    name: .customLong("config.file"),
    help: ArgumentHelp("YAML file with the workspaces. (default: from the environment)", valueName: "file"))
  var configFile: String?

  @Flag(help: "Prints one JSON object instead of tables.")
  var json = false

  @Option(help: ArgumentHelp("How long a request may take. (default: 60s)", valueName: "duration"))
  var timeout: String?

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let patience = try Self.duration(environment.value(timeout, "timeout") ?? "60s")
    let path = environment.value(configFile, "config.file")
    let settings: Settings
    do {
      settings = try Configuration.load(path, environment.variables)
    } catch {
      Console.error(error.description)
      throw ExitCode(2)
    }
    for warning in settings.warnings { Console.error("warning: \(warning)") }
    let report = await Self.examine(settings, patience, environment.variables)
    if environment.flag(json, "json") {
      Console.print(String(decoding: try report.json(), as: UTF8.self))
    } else {
      let style = TextStyle(isTerminal: isatty(STDOUT_FILENO) == 1, environment: environment.variables)
      Console.print(report.text(style, origin: path == nil ? .environment : .file))
    }
    if report.severity == .error { throw ExitCode(1) }
  }

  private static func examine(
    _ settings: Settings, _ patience: Duration, _ variables: [String: String]
  ) async -> Report {
    var timeouts = HTTPTransport.Timeouts()
    timeouts.overall = patience
    timeouts.connect = min(timeouts.connect, patience)
    let transports = TransportPool(timeouts: timeouts, proxies: ProxyRules(environment: variables))
    let line = isatty(STDERR_FILENO) == 1 ? ProgressLine(of: Examination.size(settings)) : nil
    let examination = Examination(
      clock: SystemClock(), transports: transports,
      progress: { workspace, collector in line?.show("\(workspace) \(collector)") })
    let report = await examination.run(settings)
    line?.clear()
    await transports.shutdown()
    return report
  }

  private static func duration(_ text: String) throws -> Duration {
    guard let seconds = try? DurationSyntax.parse(text), (0.1...3600).contains(seconds) else {
      throw ValidationError("--timeout must be a duration from 100ms to 1h, as 60s, not \(text)")
    }
    return .seconds(seconds)
  }
}
