import Dashboards
import Foundation
import Testing

/// A fault put into a board, and the rule that is to find it.
struct Mutation: Sendable, CustomTestStringConvertible {
  let rule: String
  let board: String
  let original: String
  let replacement: String

  init(_ rule: String, _ original: String, _ replacement: String, in board: String = "overview") {
    self.rule = rule
    self.board = board
    self.original = original
    self.replacement = replacement
  }

  /// One in a query, written with its quotation marks bare.
  static func query(
    _ rule: String, _ original: String, _ replacement: String, in board: String = "overview"
  ) -> Mutation {
    func escaped(_ text: String) -> String { text.replacingOccurrences(of: "\"", with: "\\\"") }
    return Mutation(rule, escaped(original), escaped(replacement), in: board)
  }

  var testDescription: String { "\(rule): \(original) -> \(replacement)" }

  /// The board's file with the fault, and the linter's exclusions beside it.
  func write(to scratch: Scratch) throws -> String {
    let name = "agentusage-\(board).json"
    let text = try #require(DashboardFiles.all.first { $0.path == name }).contents
    let present = text.contains(original)
    try #require(present, "the board no longer has what the mutation replaces")
    let exclusions = try #require(DashboardFiles.all.first { $0.path == ".lint" }).contents
    _ = try scratch.write(".lint", exclusions)
    return try scratch.write(name, text.replacingOccurrences(of: original, with: replacement))
  }
}
