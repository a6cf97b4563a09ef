package import Usage

/// Something out of the ordinary in the seeded history, labelled so that alerts and dashboards can be judged.
package struct Incident: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    /// Six times the usual volume.
    case spike
    /// No usage at all, without any error.
    case silence
  }

  package let kind: Kind
  package let provider: ProviderKind
  package let agentID: String
  /// UTC days, both ends included.
  package let days: DaySpan
  package let note: String

  package init(kind: Kind, provider: ProviderKind, agentID: String, days: DaySpan, note: String) {
    self.kind = kind
    self.provider = provider
    self.agentID = agentID
    self.days = days
    self.note = note
  }

  /// By how many per cent an ordinary day's volume changes.
  var percent: Int { kind == .spike ? 600 : 0 }
}
