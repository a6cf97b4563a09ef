import ArgumentParser

struct ServeBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serves the series of a fixture.")

  func run() async throws {}
}
