import ArgumentParser

struct IngestBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ingest", abstract: "Sums a CSV by agent.")

  func run() async throws {}
}
