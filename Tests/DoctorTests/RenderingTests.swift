import Doctor
import Foundation
import Testing
import Usage

/// A report as people and machines get it.
@Suite struct RenderingTests {
  private static let report: Report = {
    let moment = Date(timeIntervalSince1970: 1_795_093_631)
    var agents = CollectorReport("agents", .ok)
    (agents.rows, agents.requests, agents.seconds, agents.answeredAt) = (9, 2, 0.416, moment)
    (agents.newestUsage, agents.seen) = (.day(LocalCalendar.utc.day(at: moment)), [.agent: 9, .user: 1])
    var models = CollectorReport("models", .rowsRejected, "of 120 rows 1 would not be counted: 1 × negative")
    (models.rows, models.requests, models.seconds, models.answeredAt) = (120, 2, 12, moment)
    (models.newestUsage, models.seen) = (.noneSince(LocalCalendar.utc.day(at: moment)), [.agent: 8, .apiKey: 2])
    models.rejectedRows = ["negative": 1]
    var table = CollectorReport("usage_metrics", .rateLimited, "the provider asks for fewer requests")
    (table.requests, table.seconds, table.httpStatus, table.retryAt) = (1, 0.05, 429, moment.addingTimeInterval(600))
    let rest = CollectorReport("agents", .notAsked, "not asked, as what is wrong with usage_metrics holds for it too")
    return Report(
      checkedAt: moment, clock: ClockCheck([[3600, 3601]]),
      workspaces: [
        WorkspaceReport(
          id: WorkspaceID(.langdock, "acme"), requestsPerDay: 528, requestsPerMinute: 60, knownLimitPerMinute: 500,
          collectors: [agents, models]),
        WorkspaceReport(
          id: WorkspaceID(.dust, "acme-eu"), requestsPerDay: 96, requestsPerMinute: 30, knownLimitPerMinute: nil,
          collectors: [table, rest]),
      ])
  }()

  @Test func theTextToTheLetter() {
    #expect(
      Self.report.text() == """
        langdock/acme: about 528 requests a day of the 720000 (500 a minute) that the provider is known to let through
          COLLECTOR  VERDICT        ROWS  REQUESTS    TOOK  NEWEST USAGE
          agents     ok                9         2   0.42s  2026-11-19
          models     rows_rejected   120         2  12.00s  none since 2026-11-19
          seen with this key: 9 agents, 2 API keys, 1 user

        dust/acme-eu: about 96 requests a day; no limit of the provider's is known
          COLLECTOR      VERDICT       ROWS  REQUESTS   TOOK  NEWEST USAGE
          usage_metrics  rate_limited     -         1  0.05s  -
          agents         not_asked        -         0      -  -

        clock: 60 minutes ahead, by the dates of 2 answers

        langdock/acme models: rows_rejected
          of 120 rows 1 would not be counted: 1 × negative
          what to do: the provider may have changed its answers: look for a newer version of the exporter, or report it

        dust/acme-eu usage_metrics: rate_limited
          the provider asks for fewer requests
          what to do: try again later; other clients with this key count too
          not before: 2026-11-19T13:17:11Z
          look at: requests_per_minute

        clock: clock_wrong
          this machine's clock is 60 minutes ahead of the providers': have it set by NTP, as days, certificates and budgets \
        depend on it

        2 errors, 1 warning
        """)
  }

  @Test func coloursAreForTerminals() {
    let on = TextStyle(isTerminal: true, environment: ["TERM": "xterm"])
    #expect(Self.report.text(on).contains("\u{1B}[31mrate_limited\u{1B}[0m"))
    #expect(Self.report.text(on).contains("\u{1B}[32mok\u{1B}[0m  "))
    for style in [
      TextStyle(isTerminal: false, environment: [:]), TextStyle(isTerminal: true, environment: ["NO_COLOR": "1"]),
      TextStyle(isTerminal: true, environment: ["TERM": "dumb"]),
    ] {
      #expect(Self.report.text(style) == Self.report.text())
    }
    // Colours take no room.
    let plain = Self.report.text(on).replacing(/\u{1B}\[\d+m/, with: "")
    #expect(plain == Self.report.text())
  }

  @Test func anEnvironmentHasNamesOfItsOwn() {
    let text = Self.report.text(origin: .environment)
    #expect(text.contains("look at: requests_per_minute (needs a configuration file)"))
  }

  @Test func theJSONHasItsMembers() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: Self.report.json()) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "schema_version", "healthy", "severity", "errors", "warnings", "checked_at", "clock", "workspaces",
      ])
    #expect(object["schema_version"] as? Int == 1 && object["healthy"] as? Bool == false)
    #expect(object["errors"] as? Int == 2 && object["warnings"] as? Int == 1)
    #expect(object["checked_at"] as? String == "2026-11-19T13:07:11Z")
    let clock = try #require(object["clock"] as? [String: Any])
    #expect(clock["verdict"] as? String == "clock_wrong" && clock["skew_seconds"] as? Int == 3601)
    let workspaces = try #require(object["workspaces"] as? [[String: Any]])
    #expect(workspaces.map { $0["workspace"] as? String } == ["acme", "acme-eu"])
    #expect(workspaces[0]["known_limit_per_minute"] as? Int == 500 && workspaces[1]["known_limit_per_minute"] == nil)
    let refused = try #require((workspaces[1]["collectors"] as? [[String: Any]])?.first)
    #expect(
      Set(refused.keys) == [
        "collector", "verdict", "severity", "message", "advice", "settings", "rows", "rejected_rows", "requests",
        "seconds", "http_status", "retry_at",
      ])
    #expect(refused["retry_at"] as? String == "2026-11-19T13:17:11Z")
    let answered = try #require(workspaces[0]["collectors"] as? [[String: Any]])
    #expect(answered.map { $0["data_through"] as? String } == ["2026-11-19T13:07:11Z", "2026-11-19T13:07:11Z"])
    #expect(answered[0]["newest_usage"] as? String == "2026-11-19" && answered[0]["no_usage_since"] == nil)
    #expect(answered[1]["no_usage_since"] as? String == "2026-11-19" && answered[1]["newest_usage"] == nil)
    #expect(answered[1]["seen"] as? [String: Int] == ["agent": 8, "api_key": 2])
    let rejected = (workspaces[0]["collectors"] as? [[String: Any]])?.last?["rejected_rows"] as? [String: Int]
    #expect(rejected == ["negative": 1])
  }
}
