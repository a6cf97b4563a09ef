/// What of AgentPhone's interface has changed over time, or is documented nowhere.
package struct AgentPhoneOptions: Sendable {
  /// The three shapes of `GET /v1/usage` that have been seen.
  package enum UsageShape: Sendable {
    /// With `plan` and its `limits`.
    case planWithLimits
    /// With `plan: {"name": "payg"}` and no period.
    case planNameOnly
    /// Without a plan, with `smsSegmentsLast30d`, `reportGeneratedAt` and the period.
    case newest
  }

  /// What errors other than 422 look like.
  package enum ErrorEnvelope: Sendable {
    /// `{"error":{"message","code","type","details"}}`, as documented.
    case nested
    /// `{"detail": "…"}`, FastAPI's own.
    case detail
    /// `{"message": "…"}`, as the SDK reads it.
    case message
  }

  /// How a period's ends are written when a time zone is asked for.
  package enum PeriodStamps: Sendable {
    /// `2026-11-01T00:00:00-04:00`.
    case offset
    /// The same instant in UTC.
    case utc
    /// Local time with a `Z` behind it, as in the documented sample.
    case localWithZ
  }

  package var usageShape = UsageShape.newest
  package var errorEnvelope = ErrorEnvelope.nested
  package var periodStamps = PeriodStamps.offset
  /// Whether daily and monthly rows say `voiceMinutes` where others say `webhooks`.
  package var voiceMinutes = false
  package var weekStartsOnSunday = false
  /// Whether agents without usage in the period are listed with zeros.
  package var listsIdleAgents = false
  /// How many phone numbers the account may hold.
  package var numberLimit = 15
  /// Requests in a minute; nil for no limit.
  package var requestsPerMinute: Int?
  /// The sub-accounts by id, each with a company of its own.
  package var subAccounts: [String: Company] = [:]

  package init() {}

  package init(_ change: (inout AgentPhoneOptions) -> Void) { change(&self) }
}
