import ArgumentParser

struct PagesBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pages", abstract: "Sums pages of JSON by agent.")

  func run() async throws {}
}
