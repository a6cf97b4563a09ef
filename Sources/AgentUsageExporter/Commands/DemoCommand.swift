import ArgumentParser
import Foundation

/// `demo`: the whole pipeline over a simulated company.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Serves a simulated company; no account is needed.",
    discussion: """
      Starts a simulator that speaks the providers' wire formats on loopback, and collects from it over real HTTP into \
      a real ledger, which is removed at the end.

      With --history the demo first goes through the past in the same way, its ledger in memory, and counters go on \
      from there. A history in \
      a file becomes Prometheus' own with `promtool tsdb create-blocks-from openmetrics --max-block-duration=168h FILE \
      DATA_DIR`. Its series carry job="agent-usage" and, as instance, the first listen address (localhost:9847 for \
      :9847): a Prometheus that scrapes the demo under this job and address goes on with the same series.
      """)

  @OptionGroup(title: "Past and pace") var pace: DemoFlags
  @OptionGroup(title: "Web") var web: WebOptions
  @OptionGroup(title: "Logging") var log: LogOptions

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let logger = try log.logger(environment)
    let demo = Demo(
      options: try pace.resolved(environment), web: try web.resolved(environment, logger: logger), logger: logger)
    try await demo.run()
  }
}
