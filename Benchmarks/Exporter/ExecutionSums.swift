import Foundation
import Tabular

/// Executions, credits, tokens and distinct users by agent, out of pages of JSON.
struct ExecutionSums {
  private struct Sums {
    var items = 0
    /// In millionths.
    var credits: Int64 = 0
    var input: Int64 = 0
    var output: Int64 = 0
    var users = 0
  }

  private static let columns = ["slug", "user_id", "credits", "tokens.input", "tokens.output"]
  private var agents = FieldIndex()
  private var sums: [Sums] = []
  private var users = DistinctFields()

  mutating func take(_ page: [UInt8]) throws {
    var reader = JSONReader(.list(in: "items"), columns: Self.columns, required: ["slug", "user_id", "credits"])
    try reader.read(page.span) { try take($0) }
    try reader.finish { try take($0) }
    guard reader.member("has_more")?.bool != nil else { throw JSONError.missingField("has_more") }
  }

  private mutating func take(_ record: borrowing Record) throws {
    let agent = agents.number(of: record, 0)
    if agent == sums.count { sums.append(Sums()) }
    sums[agent].items += 1
    sums[agent].credits += try record.wholeAmount(2, scale: 1_000_000)
    sums[agent].input += try record.wholeAmount(3, scale: 1)
    sums[agent].output += try record.wholeAmount(4, scale: 1)
    if users.insert(record, 1, in: agent) { sums[agent].users += 1 }
  }

  func write(to path: String) throws {
    let lines = sums.enumerated().map { (id: String(decoding: agents.text($0), as: UTF8.self), sums: $1) }
    let text = lines.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map { id, sums in
      let credits = creditsText(sums.credits)
      return "\(id)\t\(sums.items)\t\(credits)\t\(sums.input)\t\(sums.output)\t\(sums.users)\n"
    }
    try text.joined().write(toFile: path, atomically: false, encoding: .utf8)
  }
}

extension Record {
  /// A number that must be one where it is there at all.
  func wholeAmount(_ column: Int, scale: Int64) throws -> Int64 {
    switch decimal(column, scale: scale) {
    case .value(let value): value
    case .empty: 0
    default: throw NotANumber(record: number)
    }
  }
}

struct NotANumber: Error {
  let record: Int
}
