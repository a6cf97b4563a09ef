/// What a Tess agent makes: the `type` of its executions.
package enum TessAgentType: String, CaseIterable, Sendable, Hashable {
  case chat, image, text, voiceover, video, code
}

/// One execution of a Tess agent. The agent is that of the event's stream.
///
/// Moments are milliseconds since 1970, `Int64.max` for never.
package struct Execution: TimedEvent, Hashable {
  /// Stands for "no model" and "no origin".
  package static let none = UInt16.max

  package struct Tokens: Sendable, Hashable {
    package var input: UInt32
    package var output: UInt32

    package init(input: UInt32, output: UInt32) {
      self.input = input
      self.output = output
    }
  }

  package var times: EventTimes
  /// Unique, and larger the later the execution became visible.
  package var id: Int64 = 0
  /// Millionths of a credit; charged if it succeeds and once it has.
  package var credits: Int64 = 0
  /// From then on its row is `archived`.
  package var archivedAt = Int64.max
  /// From then on there is an `edited` row; never before it is visible.
  package var editedAt = Int64.max
  /// Until then it runs, which its row shows as `failed`, without credits and tokens.
  package var settledAt: Int64
  /// The first execution of its conversation.
  package var root: Int64?
  /// nil where tokens are not billed.
  package var tokens: Tokens?
  /// Index of the person.
  package var user: UInt16 = 0
  /// Index in ``TessDirectory/models``.
  package var model = Execution.none
  /// Index in ``TessDirectory/origins``.
  package var origin = Execution.none
  package var failed = false

  package init(times: EventTimes) {
    self.times = times
    settledAt = times.visible
  }
}
