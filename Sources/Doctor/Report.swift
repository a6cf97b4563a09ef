package import Foundation
package import Usage

/// Something that concerns a workspace as a whole.
package struct Finding: Sendable, Equatable {
  package let verdict: Verdict
  package let message: String

  package init(_ verdict: Verdict, _ message: String) {
    self.verdict = verdict
    self.message = message
  }
}

/// What an examination found of one workspace.
package struct WorkspaceReport: Sendable, Equatable {
  package let id: WorkspaceID
  /// What the configuration will make.
  package let requestsPerDay: Int
  package let requestsPerMinute: Int
  /// What the provider is known to let through.
  package let knownLimitPerMinute: Int?
  package let collectors: [CollectorReport]

  package init(
    id: WorkspaceID, requestsPerDay: Int, requestsPerMinute: Int, knownLimitPerMinute: Int?,
    collectors: [CollectorReport]
  ) {
    self.id = id
    self.requestsPerDay = requestsPerDay
    self.requestsPerMinute = requestsPerMinute
    self.knownLimitPerMinute = knownLimitPerMinute
    self.collectors = collectors
  }

  package var findings: [Finding] {
    var findings: [Finding] = []
    let answered = collectors.filter { $0.answeredAt != nil }
    if !answered.isEmpty, collectors.allSatisfy({ $0.verdict.severity < .error }), answered.allSatisfy({ $0.rows == 0 })
    {
      findings.append(Finding(.empty, "no table has a row"))
    }
    if let limit = knownLimitPerMinute, requestsPerMinute > limit {
      let message = "\(requestsPerMinute) requests a minute are allowed here, and \(limit) are known to be let through"
      findings.append(Finding(.paceAboveLimit, message))
    }
    return findings
  }

  /// How many of each kind the key sees; several collectors tell of the same ones.
  package var seen: [Scope: Int] {
    collectors.reduce(into: [:]) { $0.merge($1.seen, uniquingKeysWith: max) }
  }

  package var severity: Severity {
    (collectors.map(\.verdict.severity) + findings.map(\.verdict.severity)).max() ?? .ok
  }
}

/// What an examination of all workspaces found.
package struct Report: Sendable, Equatable {
  package let checkedAt: Date
  package let clock: ClockCheck
  package let workspaces: [WorkspaceReport]

  package init(checkedAt: Date, clock: ClockCheck, workspaces: [WorkspaceReport]) {
    self.checkedAt = checkedAt
    self.clock = clock
    self.workspaces = workspaces
  }

  package var severity: Severity {
    (workspaces.map(\.severity) + [clock.verdict.severity]).max() ?? .ok
  }

  /// How many collectors, workspaces and clocks are so bad, without those that were not asked because of another.
  package func count(_ severity: Severity) -> Int {
    let verdicts = workspaces.flatMap { $0.collectors.map(\.verdict) + $0.findings.map(\.verdict) } + [clock.verdict]
    return verdicts.count { $0.severity == severity && $0 != .notAsked }
  }
}
