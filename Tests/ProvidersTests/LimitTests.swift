import Simulator
import Testing
import Upstream
import Usage

/// Numbers up to 2^53 are exact; beyond they are refused, alone and as sums.
@Suite struct LimitTests {
  private static let agents = Probe.named("agentphone/agents")

  private func read(_ rows: [(id: String, messages: String)]) async throws -> Desk.Outcome {
    let text = rows.map { row in
      #"{"agentId":\#(row.id),"agentName":"A","messages":\#(row.messages),"calls":0,"totalSeconds":0}"#
    }
    return try await answer(text.joined(separator: ","))
  }

  private func answer(_ rows: String) async throws -> Desk.Outcome {
    let box = Box()
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: #"{"data":[\#(rows)]}"#), at: .agentPhone)
      box.outcome = try await desk.collect(Self.agents)
    }
    return box.outcome
  }

  private final class Box: @unchecked Sendable {
    var outcome = Desk.Outcome()
  }

  @Test(arguments: [
    ("9007199254740992", Int64?.some(1 << 53)), ("9007199254740991", (1 << 53) - 1), ("\"9007199254740992\"", 1 << 53),
    ("0", 0), ("\"12\"", 12), ("12.0", 12), ("1e3", 1000), ("\" 7 \"", 7), ("-0", 0),
    ("9007199254740993", nil), ("\"9007199254740993\"", nil), ("9223372036854775808", nil), ("1e400", nil), ("-1", nil),
    ("1.5", nil), ("true", nil), ("[1]", nil), ("{}", nil), ("\"NaN\"", nil), ("\"Infinity\"", nil),
  ])
  func aNumber(_ written: String, _ expected: Int64?) async throws {
    let outcome = try await read([("\"a\"", written), ("\"b\"", "1")])
    // A number that no decoder takes refuses the answer; any other only its row.
    if outcome.failure != nil {
      #expect(expected == nil && outcome.answers.isEmpty)
      return
    }
    #expect(outcome.reading.amounts(.messages)["a"] == expected)
    #expect(outcome.reading.amounts(.messages)["b"] == 1)
    #expect(outcome.reading.rejected.values.reduce(0, +) == (expected == nil ? 1 : 0))
  }

  /// Null is "not reported", which is not zero.
  @Test func nullIsNotZero() async throws {
    let outcome = try await read([("\"a\"", "null"), ("\"b\"", "\"\"")])
    #expect(outcome.reading.amounts(.messages).isEmpty)
    #expect(outcome.reading.amounts(.calls) == ["a": 0, "b": 0])
  }

  /// The row that would carry a sum beyond the limit is refused whole; what was read before it stays.
  @Test func aSumBeyondTheLimit() async throws {
    let outcome = try await read([("\"a\"", "9007199254740992"), ("\"a\"", "1"), ("\"b\"", "2")])
    #expect(outcome.reading.amounts(.messages) == ["a": 1 << 53, "b": 2])
    #expect(outcome.reading.rejected == [.tooLarge: 1])
  }

  @Test(arguments: [("7", "7"), ("\"x\"", "x")]) func anIDMayBeANumber(_ id: String, _ read: String) async throws {
    #expect(try await self.read([(id, "1")]).reading.amounts(.messages) == [read: 1])
  }

  @Test(arguments: ["true", "[]", "{}", "\"\""]) func anIDThatIsNone(_ id: String) async throws {
    let outcome = try await read([(id, "1"), ("null", "2")])
    #expect(outcome.reading.rejected == [.missingID: 1])
    #expect(outcome.reading.amounts(.messages) == ["unassigned": 2])
  }

  /// A later row that lacks the id altogether is no agent's; it is not "unassigned".
  @Test func aRowWithoutTheFieldIsNotUnassigned() async throws {
    let outcome = try await answer(
      #"{"agentId":"a","messages":1,"calls":0,"totalSeconds":0},{"messages":5,"calls":0,"totalSeconds":0}"#)
    #expect(outcome.reading.amounts(.messages)["unassigned"] == nil)
    #expect(outcome.reading.rejected == [.missingID: 1])
  }

  @Test(arguments: ["7", "null", "\"row\"", "[]"]) func aRowThatIsNoObject(_ row: String) async throws {
    let first = try await answer(row)
    #expect(first.failure?.reason == .schema)
    let later = try await answer(#"{"agentId":"a","messages":1,"calls":0,"totalSeconds":0},\#(row)"#)
    #expect(later.reading.amounts(.messages) == ["a": 1])
    #expect(later.reading.rejected == [.missingID: 1])
  }
}
