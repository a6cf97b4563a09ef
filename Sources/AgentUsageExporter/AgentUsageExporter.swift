import ArgumentParser

/// The executable. Subcommands are in `Commands/`, what they are put together from in `Assembly/`.
@main
struct AgentUsageExporter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent-usage-exporter",
    abstract: "Serves the usage of AI agents on Langdock, Dust, Tess and AgentPhone to Prometheus.",
    discussion: """
      Every flag has an environment twin: AGENTUSAGE_ and the flag in upper case with underscores, as \
      AGENTUSAGE_WEB_LISTEN_ADDRESS. A flag wins over the environment, the environment over the configuration file.
      """,
    version: Version.text,
    subcommands: [
      ServeCommand.self, DemoCommand.self, CheckConfigCommand.self, DoctorCommand.self, BackfillCommand.self,
      HealthCommand.self,
    ],
    defaultSubcommand: ServeCommand.self)
}

enum Version {
  static let number = "0.1.0"
  static let text = "agent-usage-exporter, version \(number)"
}
