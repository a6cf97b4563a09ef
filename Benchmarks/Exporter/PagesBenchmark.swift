import ArgumentParser
import Foundation

struct PagesBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pages", abstract: "Sums pages of JSON by agent.",
    discussion: """
      The pages are SOURCE/00000/page_000001.json and so on, a hundred in a folder, each an object with a list `items`. \
      Writes a line for each slug: items, credits, input and output tokens, and how many distinct users it had.
      """)

  @Argument(help: "A folder, or the beginning of http addresses.") var source: String
  @Argument(help: "How many pages there are.") var pages: Int
  @Argument(help: "Where to write the sums, separated by tabs.") var output: String

  func run() async throws {
    let start = ContinuousClock.now
    var sums = ExecutionSums()
    var bytes = 0
    try await Source.withTransport { transport in
      for page in 1...max(pages, 1) {
        let folder = padded((page - 1) / 100, 5)
        let body = try await Source("\(source)/\(folder)/page_\(padded(page, 6)).json").body(transport)
        bytes += body.count
        try sums.take(body)
      }
    }
    try sums.write(to: output)
    printSeconds(since: start, bytes: bytes)
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
