/// One agent message of Dust, at its completion.
///
/// The user is an index of the ``Directory``, everything else one of the ``DustDirectory``. The agent is that of the
/// event's stream.
package struct DustMessage: TimedEvent, Hashable {
  /// Stands for "no user", "no origin" and "no API key".
  package static let none = UInt16.max

  package var times: EventTimes
  /// Tells the messages of one agent on one day apart.
  package var serial: UInt32 = 0
  /// Conversations may hold messages of several agents.
  package var conversation: UInt32 = 0
  /// Hundredths of a credit, billed with the first call beside what the run's calls cost.
  package var extraCredits: UInt32 = 0
  package var run: UInt32 = 0
  package var user: UInt16 = DustMessage.none
  package var origin: UInt16 = DustMessage.none
  package var apiKey: UInt16 = DustMessage.none
  /// A failed message is not billed.
  package var failed = false
}

/// The calls that one agent message consists of.
package struct DustRun: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// To the run's model.
    case model
    /// To a tool, an index of ``DustDirectory/tools``.
    case tool(Int)
  }

  package struct Call: Sendable, Hashable {
    package let kind: Kind
    /// Hundredths of a credit.
    package let credits: UInt32
    /// The skills that the call is attributed to, indices of ``DustDirectory/skills``.
    package let skills: [Int]

    package init(_ kind: Kind, credits: UInt32, skills: [Int] = []) {
      self.kind = kind
      self.credits = credits
      self.skills = skills
    }
  }

  /// An index of ``DustDirectory/models``; nil if the vendor does not know it.
  package let model: Int?
  package let calls: [Call]

  package init(model: Int?, calls: [Call]) {
    self.model = model
    self.calls = calls
  }
}

/// What a user thought of an agent's message.
package struct DustFeedback: TimedEvent, Hashable {
  package var times: EventTimes
  package var conversation: UInt32 = 0
  /// An index of ``DustDirectory/comments``.
  package var comment: UInt32 = 0
  /// Tells the feedback on one agent on one day apart.
  package var serial: UInt32 = 0
  /// An index of the ``Directory``; ``DustMessage/none`` for a deleted user.
  package var user: UInt16 = DustMessage.none
  package var up = true
  package var dismissed = false
  /// Whether the user lets the makers of the agent see the conversation.
  package var shared = false
}
