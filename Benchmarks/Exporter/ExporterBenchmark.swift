import ArgumentParser

/// Loads given data into the exporter's own code paths, so that they can be measured beside other programs.
@main
struct ExporterBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ExporterBenchmark",
    abstract: "The exporter's own code paths on given data, to be measured.",
    subcommands: [
      ServeBenchmark.self, IngestBenchmark.self, PagesBenchmark.self, LedgerBenchmark.self, ReadersBenchmark.self,
    ])
}
