import ArgumentParser
import Foundation

/// `demo`: the whole pipeline over a simulated company.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Serves a simulated company; no account is needed.",
    discussion: """
      Starts a simulator that speaks the providers' wire formats on loopback, and collects from it over real HTTP into \
      a real ledger, which is removed at the end.
      """)

  @OptionGroup(title: "Web") var web: WebOptions
  @OptionGroup(title: "Logging") var log: LogOptions

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let demo = Demo(web: try web.resolved(environment), logger: try log.logger(environment))
    try await demo.run()
  }
}
