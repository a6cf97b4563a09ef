import ArgumentParser

/// What the exporter bears: many clients at once, and months of work.
@main
struct ExporterLoad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ExporterLoad", abstract: "Puts a real exporter under load, or through months of a fast clock.",
    subcommands: [CrowdCommand.self, SoakCommand.self])
}
