package import Foundation

/// What a scripted Dust message is like.
package struct DustMessageShape: Sendable {
  /// A call of a tool.
  package struct ToolCall: Sendable {
    package var server: String
    package var name: String
    /// Hundredths of a credit.
    package var credits: UInt32

    package init(_ server: String, _ name: String = "run", credits: UInt32 = 0) {
      self.server = server
      self.name = name
      self.credits = credits
    }
  }

  /// nil for traffic of programs, which has an API key instead.
  package var user: String? = "user-1"
  package var apiKey = "script"
  /// Messages of any agents with the same number are in one conversation.
  package var conversation: UInt32 = 1
  /// nil if Dust does not know it.
  package var origin: String? = "web"
  /// nil if Dust does not know it.
  package var model: String? = "gpt-5.2"
  package var modelProvider = "openai"
  /// How many calls to the model there are; their credits go to the first.
  package var modelCalls = 1
  /// Of all calls to the model together, in hundredths of a credit.
  package var credits: UInt32 = 0
  package var tools: [ToolCall] = []
  /// Ids of the skills to which each tool call is attributed.
  package var skills: [String] = []
  package var failed = false
  /// Seconds until Dust's answers count it.
  package var visibleAfter: TimeInterval = 0

  package init() {}

  package init(_ change: (inout DustMessageShape) -> Void) { change(&self) }
}

/// What scripted feedback is like.
package struct DustFeedbackShape: Sendable {
  /// nil for a user who was deleted.
  package var user: String? = "user-1"
  package var up = true
  package var content = ""
  package var conversation: UInt32 = 1
  package var dismissed = false
  package var shared = false
  /// Seconds until Dust's answers count it.
  package var visibleAfter: TimeInterval = 0

  package init() {}

  package init(_ change: (inout DustFeedbackShape) -> Void) { change(&self) }
}
