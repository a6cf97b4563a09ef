import ArgumentParser

struct LedgerBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ledger", abstract: "Writes and opens a large ledger.")

  func run() async throws {}
}
