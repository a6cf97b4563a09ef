import ArgumentParser
import Foundation

struct IngestBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest", abstract: "Sums a CSV of messages by agent.",
    discussion: """
      Reads the columns agent_id, user_id, prompt_tokens, completion_tokens, cached_tokens and credits, and writes a line \
      for each agent: its id, messages, the four sums, and how many distinct users it had.
      """)

  @Argument(help: "A file, or an http address.") var source: String
  @Argument(help: "Where to write the sums, separated by tabs.") var output: String

  func run() async throws {
    let start = ContinuousClock.now
    let sums = try await Source(source).stream(into: MessageSums())
    try sums.write(to: output)
    printSeconds(since: start)
  }
}
