import Foundation
import Tabular
import Upstream

/// Messages, tokens, credits and distinct users by agent, out of a CSV.
struct MessageSums: BodySink {
  private struct Sums {
    var messages = 0
    var prompt: Int64 = 0
    var completion: Int64 = 0
    var cached: Int64 = 0
    /// In millionths.
    var credits: Int64 = 0
    var users = 0
  }

  private struct Layout {
    let agent: Int
    let user: Int
    let prompt: Int
    let completion: Int
    let cached: Int
    let credits: Int

    init(_ header: Header) throws {
      func column(_ name: String) throws -> Int {
        guard let column = header.index(of: name) else { throw CSVError.missingColumn(name) }
        return column
      }
      agent = try column("agent_id")
      user = try column("user_id")
      prompt = try column("prompt_tokens")
      completion = try column("completion_tokens")
      cached = try column("cached_tokens")
      credits = try column("credits")
    }
  }

  private var reader = CSVReader()
  private var table = Table()

  private struct Table {
    var layout: Layout?
    var agents = FieldIndex()
    var sums: [Sums] = []
    var users = DistinctFields()

    mutating func take(_ record: borrowing Record) throws {
      let layout = if let layout { layout } else { try Layout(record.header) }
      self.layout = layout
      let agent = agents.number(of: record, layout.agent)
      if agent == sums.count { sums.append(Sums()) }
      sums[agent].messages += 1
      sums[agent].prompt += try record.wholeAmount(layout.prompt, scale: 1)
      sums[agent].completion += try record.wholeAmount(layout.completion, scale: 1)
      sums[agent].cached += try record.wholeAmount(layout.cached, scale: 1)
      sums[agent].credits += try record.wholeAmount(layout.credits, scale: 1_000_000)
      if users.insert(record, layout.user, in: agent) { sums[agent].users += 1 }
    }
  }

  mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure) {
    try feed { try $0.read(chunk, $1) }
  }

  mutating func finish() throws(UpstreamFailure) -> MessageSums {
    try feed { try $0.finish($1) }
    return self
  }

  private mutating func feed(
    _ step: (inout CSVReader, (borrowing Record) throws -> Void) throws -> Void
  ) throws(UpstreamFailure) {
    do {
      try step(&reader) { try table.take($0) }
    } catch {
      throw UpstreamFailure(.decode, "\(error)")
    }
  }

  func write(to path: String) throws {
    let lines = table.sums.enumerated().map { number, sums in
      (id: String(decoding: table.agents.text(number), as: UTF8.self), sums: sums)
    }
    let text = lines.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map { id, sums in
      let tokens = "\(sums.prompt)\t\(sums.completion)\t\(sums.cached)"
      return "\(id)\t\(sums.messages)\t\(tokens)\t\(creditsText(sums.credits))\t\(sums.users)\n"
    }
    try text.joined().write(toFile: path, atomically: false, encoding: .utf8)
  }
}

/// Millionths as a decimal number with four places.
func creditsText(_ millionths: Int64) -> String {
  let units = millionths / 100
  return "\(units / 10_000).\(String(units % 10_000 + 10_000).dropFirst())"
}
