import Ledger
import Testing
import Usage

/// One row per rule of the contract's section 4: answers for one bucket, and what the counters come to.
@Suite("Rules of a bucket")
struct BucketRulesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let rule: String
    /// Successive answers: messages by agent. The first `baseline` of them are baseline.
    let answers: [[String: Int64]]
    var baseline = 0
    var moves = false
    let counted: [String: Int64]
    var excess: Int64 = 0
    var corrections = 0

    var testDescription: String { rule }
  }

  static let plain: [Row] = [
    Row(rule: "what is there first counts", answers: [["a": 5]], counted: ["a": 5]),
    Row(rule: "growth counts", answers: [["a": 5], ["a": 7]], counted: ["a": 7]),
    Row(rule: "a repeat counts nothing", answers: [["a": 5], ["a": 5], ["a": 5]], counted: ["a": 5]),
    Row(
      rule: "a correction shows as excess", answers: [["a": 5], ["a": 3]], counted: ["a": 5], excess: 2, corrections: 1),
    Row(
      rule: "what is regained after a correction does not count again", answers: [["a": 5], ["a": 3], ["a": 5]],
      counted: ["a": 5], corrections: 1),
    Row(
      rule: "beyond what is regained it counts", answers: [["a": 5], ["a": 3], ["a": 6]], counted: ["a": 6],
      corrections: 1),
    Row(
      rule: "a missing entity is 0", answers: [["a": 5, "b": 1], ["b": 1]], counted: ["a": 5, "b": 1], excess: 5,
      corrections: 1),
    Row(
      rule: "an entity that comes back is not new", answers: [["a": 5], [:], ["a": 6]], counted: ["a": 6],
      corrections: 1),
    Row(rule: "0 is a reading", answers: [["a": 0]], counted: ["a": 0]),
    Row(rule: "the baseline does not count", answers: [["a": 5]], baseline: 1, counted: ["a": 0]),
    Row(rule: "growth over the baseline counts", answers: [["a": 5], ["a": 9]], baseline: 1, counted: ["a": 4]),
    Row(
      rule: "a corrected baseline is not usage when it is regained", answers: [["a": 5], ["a": 1], ["a": 6]],
      baseline: 1, counted: ["a": 1], corrections: 1),
    Row(
      rule: "an entity that is new after the baseline counts in full", answers: [["a": 5], ["a": 5, "b": 3]],
      baseline: 1, counted: ["a": 0, "b": 3]),
    Row(
      rule: "without moves, unassigned is an entity like others", answers: [["a": 5], ["unassigned": 5]],
      counted: ["a": 5, "unassigned": 5], excess: 5, corrections: 1),
  ]

  static let moves: [Row] = [
    Row(
      rule: "what moves to unassigned is not usage", answers: [["a": 5], ["unassigned": 5]], moves: true,
      counted: ["a": 5, "unassigned": 0]),
    Row(
      rule: "what unassigned grew by beyond that is", answers: [["a": 5, "unassigned": 1], ["unassigned": 8]],
      moves: true, counted: ["a": 5, "unassigned": 3]),
    Row(
      rule: "what vanished beyond that is a correction", answers: [["a": 5], ["unassigned": 3]], moves: true,
      counted: ["a": 5, "unassigned": 0], excess: 2, corrections: 1),
    Row(
      rule: "growth of others has no part in a move", answers: [["a": 5, "b": 1], ["b": 4, "unassigned": 5]],
      moves: true, counted: ["a": 5, "b": 4, "unassigned": 0]),
    Row(
      rule: "two agents move at once", answers: [["a": 5, "b": 2], ["unassigned": 9]], moves: true,
      counted: ["a": 5, "b": 2, "unassigned": 2]),
    Row(
      rule: "what moves back is not usage", answers: [["a": 5], ["unassigned": 5], ["a": 5]], moves: true,
      counted: ["a": 5, "unassigned": 0]),
    Row(
      rule: "growth after moving back is", answers: [["a": 5], ["unassigned": 6], ["a": 7, "unassigned": 1]],
      moves: true, counted: ["a": 7, "unassigned": 1]),
    Row(
      rule: "an agent created anew under its old id counts from 0",
      answers: [["a": 5], ["unassigned": 5], ["a": 2, "unassigned": 5]], moves: true,
      counted: ["a": 7, "unassigned": 0]),
    Row(
      rule: "a moved baseline stays baseline", answers: [["a": 5, "unassigned": 2], ["unassigned": 8]], baseline: 1,
      moves: true, counted: ["a": 0, "unassigned": 1]),
    Row(
      rule: "a correction without growth of unassigned is a correction", answers: [["a": 5], ["a": 3]], moves: true,
      counted: ["a": 5], excess: 2, corrections: 1),
  ]

  @Test("each rule", arguments: plain + moves)
  func rule(_ row: Row) throws {
    var cells: [SeriesKey: Cell] = [:]
    var counted: [String: Int64] = [:]
    var corrections = 0
    for (index, answer) in row.answers.enumerated() {
      let changes = try BucketRules.replace(
        cells, with: Sample.reading(answer).quantities, mode: index < row.baseline ? .baseline : .counting,
        moves: row.moves ? .unassigned : nil)
      for (key, change) in changes {
        #expect(change.before == cells[key] ?? .zero)
        #expect(change.increase >= 0)
        cells[key] = change.after
        counted[key.entity.id, default: 0] += change.increase
        corrections += change.isCorrection ? 1 : 0
      }
    }
    #expect(counted == row.counted)
    #expect(cells.values.reduce(0) { $0 + $1.excess } == row.excess)
    #expect(corrections == row.corrections)
  }

  @Test("a measure that is not reported stays as it is, also where usage moves")
  func unreported() throws {
    let old = [Sample.key("a"): Cell(value: 5, counted: 5), Sample.key("a", .calls): Cell(value: 2, counted: 2)]
    let changes = try BucketRules.replace(
      old, with: [Sample.key("unassigned"): 5], unreported: [.calls], mode: .counting, moves: .unassigned)
    #expect(Set(changes.keys) == [Sample.key("a"), Sample.key("unassigned")])
    #expect(changes.values.allSatisfy { $0.increase == 0 })
  }

  @Test("usage moves between agents, not between measures or dimensions")
  func lanes() throws {
    func tokens(_ agent: String, _ type: TokenType) -> SeriesKey {
      SeriesKey(Entity(.agent, agent), .tokens, type.rawValue)
    }
    let changes = try BucketRules.replace(
      [tokens("a", .input): Cell(value: 5, counted: 5)],
      with: [tokens("unassigned", .output): 5, Sample.key("unassigned"): 3], mode: .counting, moves: .unassigned)
    #expect(changes[tokens("unassigned", .output)]?.increase == 5)
    #expect(changes[Sample.key("unassigned")]?.increase == 3)
    #expect(changes[tokens("a", .input)]?.isCorrection == true)
  }
}
