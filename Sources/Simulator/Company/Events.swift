import Foundation

/// When an event happened, and from when until when a provider's answers count it. Milliseconds since 1970.
package struct EventTimes: Sendable, Hashable {
  package let occurred: Int64
  /// Never before ``occurred``: usage reaches a provider's statistics late, seconds mostly, hours at times.
  package let visible: Int64
  /// The provider takes the event back at this moment; `Int64.max` if it never does.
  package var retracted: Int64

  package init(occurred: Int64, visible: Int64, retracted: Int64 = .max) {
    self.occurred = occurred
    self.visible = max(visible, occurred)
    self.retracted = retracted
  }

  package func counts(at now: Int64) -> Bool { visible <= now && now < retracted }
}

package protocol TimedEvent: Sendable {
  var times: EventTimes { get set }
}

/// Where a message was written; `group_by=source` of Langdock's model export.
package enum MessageSource: UInt8, CaseIterable, Sendable, Hashable {
  case web, mobile, api, slack, teams

  package var name: String {
    switch self {
    case .web: "WEB"
    case .mobile: "MOBILE"
    case .api: "API"
    case .slack: "SLACK"
    case .teams: "TEAMS"
    }
  }
}

/// One message to a model. Indices point into the ``Directory``; the agent is that of the event's stream.
package struct Message: TimedEvent, Hashable {
  /// Stands for "no project" and "no API key".
  package static let none = UInt16.max

  package var times: EventTimes
  package var conversation: UInt32 = 0
  package var user: UInt16 = 0
  package var project: UInt16 = Message.none
  package var apiKey: UInt16 = Message.none
  package var model: UInt8 = 0
  package var source: MessageSource = .web
  /// Tokens, in disjoint classes: neither read from nor written to a cache, read from it, written to it.
  package var inputTokens: UInt32 = 0
  package var cachedTokens: UInt32 = 0
  package var cacheCreationTokens: UInt32 = 0
  package var outputTokens: UInt32 = 0
  /// Millionths of a US dollar.
  package var cost: UInt32 = 0

  package var promptTokens: Int64 { Int64(inputTokens) + Int64(cachedTokens) + Int64(cacheCreationTokens) }
}

/// One text message or call of AgentPhone.
package struct PhoneEvent: TimedEvent, Hashable {
  package static let noNumber = UInt16.max

  package enum Kind: UInt8, Sendable, Hashable {
    case message, completedCall, failedCall
  }

  package enum Webhook: UInt8, Sendable, Hashable {
    case none, delivered, failed
  }

  package var times: EventTimes
  /// Call seconds, 0 for messages and failed calls.
  package var seconds: UInt32 = 0
  package var number: UInt16 = PhoneEvent.noNumber
  package var kind: Kind = .message
  /// The delivery that followed. It stays delivered when the event itself is taken back.
  package var webhook: Webhook = .delivered
  /// SMS segments, 0 for calls.
  package var segments: UInt8 = 1
}

/// Milliseconds since 1970, in which the event log counts.
enum Millis {
  static let day: Int64 = 86_400_000

  static func of(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded(.down)) }

  /// The UTC day, as the ordinal of a `Day`.
  static func ordinal(_ millis: Int64) -> Int { Int(millis >= 0 ? millis / day : (millis - day + 1) / day) }
}
