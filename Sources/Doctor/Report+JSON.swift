package import Foundation
import Usage

extension Report {
  /// The version of the JSON: raised when a member is renamed, removed or changes its meaning, not when one is added.
  package static let schemaVersion = 1

  /// For machines: one object. Members without a value are left out.
  ///
  /// - Throws: `EncodingError` never in practice: every value has a form in JSON.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(Document(self))
  }

  private struct Document: Encodable {
    let schemaVersion = Report.schemaVersion
    let healthy: Bool
    let severity: Severity
    let errors: Int
    let warnings: Int
    let checkedAt: Date
    let clock: Clock
    let workspaces: [Workspace]

    init(_ report: Report) {
      healthy = report.severity < .error
      severity = report.severity
      errors = report.count(.error)
      warnings = report.count(.warning)
      checkedAt = report.checkedAt
      clock = Clock(report.clock)
      workspaces = report.workspaces.map(Workspace.init)
    }
  }

  private struct Clock: Encodable {
    let verdict: Verdict
    let severity: Severity
    let message: String?
    let skewSeconds: Int?
    let answers: Int

    init(_ clock: ClockCheck) {
      verdict = clock.verdict
      severity = clock.verdict.severity
      message = clock.message
      skewSeconds = clock.skew.map { Int($0.rounded()) }
      answers = clock.answers
    }
  }

  private struct Workspace: Encodable {
    let provider: String
    let workspace: String
    let severity: Severity
    let requestsPerDay: Int
    let requestsPerMinute: Int
    let knownLimitPerMinute: Int?
    let findings: [Explained]
    let collectors: [Collector]

    init(_ report: WorkspaceReport) {
      provider = report.id.provider.rawValue
      workspace = report.id.name
      severity = report.severity
      requestsPerDay = report.requestsPerDay
      requestsPerMinute = report.requestsPerMinute
      knownLimitPerMinute = report.knownLimitPerMinute
      findings = report.findings.map { Explained($0.verdict, $0.message) }
      collectors = report.collectors.map(Collector.init)
    }
  }

  private struct Explained: Encodable {
    let verdict: Verdict
    let severity: Severity
    let message: String?
    let advice: String?
    let settings: [String]

    init(_ verdict: Verdict, _ message: String?) {
      self.verdict = verdict
      severity = verdict.severity
      self.message = message
      advice = Remedy.of(verdict).advice
      settings = Remedy.of(verdict).settings
    }
  }

  private struct Collector: Encodable {
    let collector: String
    let verdict: Verdict
    let severity: Severity
    let message: String?
    let advice: String?
    let settings: [String]
    let rows: Int
    let rejectedRows: [String: Int]
    let requests: Int
    let seconds: Double
    let dataThrough: Date?
    let newestUsage: String?
    let noUsageSince: String?
    let seen: [String: Int]?
    let httpStatus: Int?
    let retryAt: Date?
    let region: String?

    init(_ report: CollectorReport) {
      let remedy = Remedy.of(report.verdict)
      collector = report.collector
      verdict = report.verdict
      severity = report.verdict.severity
      message = report.message
      advice = remedy.advice
      settings = remedy.settings
      rows = report.rows
      rejectedRows = report.rejectedRows
      requests = report.requests
      seconds = (report.seconds * 1000).rounded() / 1000
      dataThrough = report.answeredAt
      if case .noneSince(let day) = report.newestUsage {
        (newestUsage, noUsageSince) = (nil, "\(day)")
      } else {
        (newestUsage, noUsageSince) = (report.newestUsage?.text, nil)
      }
      seen =
        report.answeredAt == nil
        ? nil : Dictionary(uniqueKeysWithValues: report.seen.map { ($0.key.rawValue, $0.value) })
      httpStatus = report.httpStatus
      retryAt = report.retryAt
      region = report.region
    }
  }
}
