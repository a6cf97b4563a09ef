import ArgumentParser
import Foundation
import Logging
import Logs
import Web

/// Flags of every command that serves.
struct WebOptions: ParsableArguments {
  @Option(
    name: .customLong("web.listen-address"),
    help: ArgumentHelp("Address to listen on; may be repeated. (default: :9847)", valueName: "host:port"))
  var listenAddress: [String] = []

  @Option(
    name: .customLong("web.telemetry-path"),
    help: ArgumentHelp("Path of the metrics. (default: /metrics)", valueName: "path"))
  var telemetryPath: String?

  @Option(
    name: .customLong("web.timeout-offset"),
    help: ArgumentHelp("Taken off the time that Prometheus waits for a scrape. (default: 0.5s)", valueName: "duration"))
  var timeoutOffset: String?

  @Option(
    name: .customLong("web.config.file"),
    help: ArgumentHelp(
      "TLS, basic authentication, headers and rate limit, in exporter-toolkit's schema. (default: none)",
      valueName: "file"))
  var configFile: String?

  @Flag(
    name: .customLong("web.systemd-socket"),
    help: "Listens on the sockets that systemd passes, instead of --web.listen-address.")
  var systemdSocket = false

  /// - Throws: `ExitCode` after naming every fault of the web configuration.
  func resolved(_ environment: FlagEnvironment, logger: Logger) throws -> ResolvedWebOptions {
    let addresses = environment.list(listenAddress, "web.listen-address")
    let path = environment.value(telemetryPath, "web.telemetry-path") ?? "/metrics"
    guard path.hasPrefix("/"), path.count > 1 else {
      throw ValidationError("--web.telemetry-path must begin with / and name a path, as /metrics")
    }
    let offset = environment.value(timeoutOffset, "web.timeout-offset") ?? "0.5s"
    guard let seconds = Self.seconds(offset) else {
      throw ValidationError("--web.timeout-offset must be a duration as 0.5s or 500ms, not \(offset)")
    }
    let listed = try addresses.isEmpty ? [.standard] : addresses.map(Self.address)
    do {
      let security = try WebConfiguration.open(environment.value(configFile, "web.config.file"), logger: logger)
      let inherits = environment.flag(systemdSocket, "web.systemd-socket")
      return ResolvedWebOptions(
        addresses: listed,
        endpoints: inherits
          ? try WebConfiguration.systemdSockets(environment.variables) : listed.map { .address($0) },
        telemetryPath: path, timeout: ScrapeTimeout(offset: seconds), security: security)
    } catch {
      Console.error(error.description)
      throw error.exitCode
    }
  }

  private static func address(_ text: String) throws -> ListenAddress {
    guard let address = ListenAddress(text) else {
      throw ValidationError("--web.listen-address must be host:port, as :9847 or [::1]:9847, not \(text)")
    }
    return address
  }

  /// Seconds or milliseconds, as exporter-toolkit's users write them.
  private static func seconds(_ text: String) -> Double? {
    let (digits, unit): (Substring, Double) =
      text.hasSuffix("ms") ? (text.dropLast(2), 0.001) : text.hasSuffix("s") ? (text.dropLast(), 1) : ("", 0)
    return Double(digits).flatMap { $0.isFinite && $0 >= 0 ? $0 * unit : nil }
  }
}

struct ResolvedWebOptions: Sendable {
  let addresses: [ListenAddress]
  /// The same, unless systemd passed sockets.
  let endpoints: [ListenEndpoint]
  let telemetryPath: String
  let timeout: ScrapeTimeout
  /// Whether a request may have the configuration read again.
  var enableLifecycle = false
  /// Nil without a web configuration.
  let security: WebSecurity?
}

/// Flags about the log.
struct LogOptions: ParsableArguments {
  @Option(
    name: .customLong("log.level"),
    help: ArgumentHelp("trace, debug, info, notice, warning or error. (default: info)", valueName: "level"))
  var level: String?

  @Option(name: .customLong("log.format"), help: ArgumentHelp("logfmt or json. (default: logfmt)", valueName: "format"))
  var format: String?

  func logger(_ environment: FlagEnvironment) throws -> Logger {
    let levelText = environment.value(level, "log.level") ?? "info"
    // Prometheus' programs say "warn".
    guard let level = Logger.Level(rawValue: levelText == "warn" ? "warning" : levelText) else {
      throw ValidationError("--log.level must be trace, debug, info, notice, warning or error, not \(levelText)")
    }
    let formatText = environment.value(format, "log.format") ?? "logfmt"
    guard let format = LogFormat(rawValue: formatText) else {
      throw ValidationError("--log.format must be logfmt or json, not \(formatText)")
    }
    return Logger(label: "agent-usage-exporter") { _ in StructuredLogHandler(format: format, level: level) }
  }
}

/// Where flags come from if they are not given.
struct FlagEnvironment: Sendable {
  let variables: [String: String]

  func value(_ flag: String?, _ name: String) -> String? {
    flag ?? variables[Self.twin(of: name)].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A flag without a value; in the environment it is `true`, or a word for it.
  func flag(_ isGiven: Bool, _ name: String) -> Bool {
    isGiven || ["true", "1", "yes", "on"].contains(value(nil, name)?.lowercased())
  }

  /// A repeated flag; in the environment its values stand with commas between.
  func list(_ flag: [String], _ name: String) -> [String] {
    flag.isEmpty
      ? (value(nil, name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      : flag
  }

  /// `web.listen-address` is `AGENTUSAGE_WEB_LISTEN_ADDRESS`.
  static func twin(of name: String) -> String {
    "AGENTUSAGE_" + String(name.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
  }
}
