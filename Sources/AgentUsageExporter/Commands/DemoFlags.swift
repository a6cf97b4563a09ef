import ArgumentParser
import Foundation
import Settings
import Usage

/// Flags of `demo` about its time and what happens in it.
struct DemoFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Collects the past of so long before it serves, as 35d. (default: none)", valueName: "duration"))
  var history: String?

  @Option(
    name: .customLong("history.file"),
    help: ArgumentHelp(
      """
      Writes what would have been scraped in the past to a file, as OpenMetrics with timestamps. A month of scrapes \
      every 5 minutes takes gigabytes. (default: none)
      """, valueName: "file"))
  var historyFile: String?

  @Option(
    name: .customLong("history.step"),
    help: ArgumentHelp(
      "Time between two collections of the past, a multiple of 5m. (default: 1h)", valueName: "duration"))
  var historyStep: String?

  @Option(
    name: .customLong("history.interval"),
    help: ArgumentHelp(
      """
      Time between two scrapes of the past, a multiple of 5m that divides the step. More than 5m is for a Prometheus \
      with so long a --query.lookback-delta. (default: 5m)
      """, valueName: "duration"))
  var historyInterval: String?

  @Option(
    name: .customLong("clock.speed"),
    help: ArgumentHelp(
      """
      How many times as fast the demo's clock runs once it serves: with 1440 a day passes in a minute. The timestamps \
      of a history are drawn together likewise. (default: 1)
      """, valueName: "n"))
  var clockSpeed: String?

  @Option(
    help: ArgumentHelp(
      """
      Has an agent used six times as much on one UTC day, so many days from today, as agent_terminbot=1; may be repeated.
      """, valueName: "agent=days"))
  var incident: [String] = []

  @Option(
    help: ArgumentHelp("Has only this provider collected; may be repeated. (default: all)", valueName: "provider"))
  var provider: [String] = []

  func resolved(_ environment: FlagEnvironment) throws -> DemoOptions {
    DemoOptions(
      history: try past(environment), speed: try speed(environment),
      spikes: try environment.list(incident, "incident").map(Self.spike),
      providers: try environment.list(provider, "provider").map(Self.provider))
  }

  private func past(_ environment: FlagEnvironment) throws -> DemoOptions.Past? {
    let file = environment.value(historyFile, "history.file")
    let step = environment.value(historyStep, "history.step")
    let interval = environment.value(historyInterval, "history.interval")
    guard let text = environment.value(history, "history") else {
      if file != nil || step != nil || interval != nil {
        throw ValidationError(
          "--history.file, --history.step and --history.interval need --history, which says how long the past is")
      }
      return nil
    }
    let collections = try Self.period(step ?? "1h", "history.step")
    let scrapes = try Self.period(interval ?? "5m", "history.interval")
    guard collections.truncatingRemainder(dividingBy: scrapes) == 0 else {
      throw ValidationError("--history.interval must divide --history.step, as 5m, 30m and 1h divide 1h")
    }
    let length = try Self.seconds(text, "history")
    guard length >= collections, length <= Self.longest else {
      throw ValidationError("--history must be from one --history.step to 365d, not \(text)")
    }
    return DemoOptions.Past(length: length, step: collections, interval: scrapes, file: file)
  }

  /// - Returns: seconds, at least one look-back and a whole number of them.
  private static func period(_ text: String, _ name: String) throws -> TimeInterval {
    let seconds = try Self.seconds(text, name)
    guard seconds >= HistoryPlan.lookBack, seconds.truncatingRemainder(dividingBy: HistoryPlan.lookBack) == 0 else {
      throw ValidationError("--\(name) must be a multiple of 5m, as 30m or 1h, not \(text)")
    }
    return seconds
  }

  /// Seconds: so far back Langdock can be asked.
  private static let longest: TimeInterval = 365 * 86_400

  private static func seconds(_ text: String, _ name: String) throws -> TimeInterval {
    do {
      return try DurationSyntax.parse(text)
    } catch {
      throw ValidationError("--\(name) must be a duration as 35d or 1h30m, not \(text)")
    }
  }

  private func speed(_ environment: FlagEnvironment) throws -> Double {
    guard let text = environment.value(clockSpeed, "clock.speed") else { return 1 }
    guard let speed = Double(text), (1...86_400).contains(speed) else {
      throw ValidationError("--clock.speed must be a number from 1 to 86400, not \(text)")
    }
    return speed
  }

  private static func provider(_ text: String) throws -> ProviderKind {
    guard let kind = ProviderKind(rawValue: text) else {
      let known = ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--provider must be one of \(known), not \(text)")
    }
    return kind
  }

  private static func spike(_ text: String) throws -> DemoOptions.Spike {
    guard let separator = text.lastIndex(of: "="), let day = Int(text[text.index(after: separator)...]),
      separator > text.startIndex, (-3650...3650).contains(day)
    else {
      throw ValidationError("--incident must be an agent and days from today, as agent_terminbot=1, not \(text)")
    }
    return DemoOptions.Spike(agentID: String(text[..<separator]), day: day)
  }
}
