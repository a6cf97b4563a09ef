import Foundation
import Tabular
import Upstream
import Usage

/// One row of the listing, as far as it counts.
struct TessRow: Sendable {
  /// The execution's own id, also of an edited row, whose id is made of it.
  let id: String
  let state: State
  let time: Date
  let user: String?
  let agent: Entity
  let agentName: String
  let agentType: String
  /// Has failed, or is not over: Tess tells the two by the same word.
  let hasNotSucceeded: Bool
  /// In millionths; nil where none are told.
  let credits: Int64?
  let tokens: [(type: TokenType, amount: Int64)]
  let model: Entity?
  let origin: Entity?

  /// By how many seconds Tess' clock may be ahead of this one.
  static let clockTolerance = 300.0
  /// An execution that has not succeeded so many seconds after it began is taken to have failed.
  ///
  /// Tess has one word for what failed and what still runs. Longer, and more failures would sink among what is known, and
  /// count only when their day is read whole; shorter, and more of what runs would pass for failed.
  static let patience = 120.0

  enum State: Sendable {
    case current, archived
    /// The row speaks of an execution whose chat was edited; it has no model and no tokens.
    case edited
  }

  /// The columns, in this order.
  static let columns = [
    "id", "created_at", "slug", "status", "credits", "user_id", "type", "name", "source", "used_model",
    "execution_origin", "tokens.input", "tokens.output",
  ]
  static let required = ["id", "created_at", "slug", "status", "credits"]
  private static let editedPrefix = "chat-edited-"

  /// - Throws: ``RowRefused`` for a row that cannot count.
  init(_ record: borrowing Record) throws(RowRefused) {
    let id = try record.identifier(0)
    let isEdited = id.hasPrefix(Self.editedPrefix)
    self.id = isEdited ? String(id.dropFirst(Self.editedPrefix.count)) : id
    guard let stamp = record.field(1).timestamp else { throw RowRefused(.missingID) }
    time = stamp.preciseInstant
    // Null is an execution without an agent; a row without the field has lost its id.
    if record.presence(2) == .absent { throw RowRefused(.missingID) }
    agent = record.field(2).isEmpty ? .unassigned : Entity(.agent, upstream: try record.identifier(2))
    hasNotSucceeded = record.repairedText(3) != "succeeded"
    credits = try record.amount(4, .credits)
    user = record.text(5).flatMap { $0.isEmpty ? nil : $0 }
    agentType = record.repairedText(6)
    agentName = record.repairedText(7)
    let source = record.repairedText(8)
    state = isEdited || source == "edited" ? .edited : source == "archived" ? .archived : .current
    model = record.field(9).isEmpty ? nil : Entity(.model, upstream: try record.identifier(9))
    origin = record.field(10).isEmpty ? nil : Entity(.source, upstream: try record.identifier(10))
    var tokens: [(TokenType, Int64)] = []
    if let input = try record.amount(11, .tokens) { tokens.append((.input, input)) }
    if let output = try record.amount(12, .tokens) { tokens.append((.output, output)) }
    self.tokens = tokens
  }

  /// What the execution adds to the counters of its agent, its model and its origin.
  ///
  /// - Parameter now: when the row was read.
  func event(on day: Day, at now: Date) -> UsageEvent {
    let mayBeRunning = hasNotSucceeded && now.timeIntervalSince(time) < Self.patience
    // An edited row says of every execution that it failed.
    let hasFailed = hasNotSucceeded && !mayBeRunning && state != .edited
    var amounts = [
      UsageEvent.Amount(SeriesKey(agent, .executions), 1),
      // At 0 too, so that the counter is there before the first failure.
      UsageEvent.Amount(SeriesKey(agent, .executionFailures), hasFailed ? 1 : 0),
    ]
    if let model { amounts.append(UsageEvent.Amount(SeriesKey(model, .executions), 1)) }
    if let origin { amounts.append(UsageEvent.Amount(SeriesKey(origin, .executions), 1)) }
    for entity in [agent, model].compactMap(\.self) {
      if let credits { amounts.append(UsageEvent.Amount(SeriesKey(entity, .credits), credits)) }
      for (type, amount) in tokens {
        amounts.append(UsageEvent.Amount(SeriesKey(entity, .tokens, type.rawValue), amount))
      }
    }
    return UsageEvent(id: id, day: day, user: user, isProvisional: state == .edited || mayBeRunning, amounts: amounts)
  }

  var attributes: [Reading.Attribute] {
    [Reading.Attribute("agent_name", agentName), Reading.Attribute("agent_type", agentType)]
  }
}

extension Timestamp {
  /// The instant with its fraction of a second, to tell which of two rows is the newer one.
  fileprivate var preciseInstant: Date { instant.addingTimeInterval(Double(nanosecond) / 1e9) }
}
