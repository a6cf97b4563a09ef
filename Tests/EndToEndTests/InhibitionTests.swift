import Foundation
import Testing

/// The example's inhibitions in a real Alertmanager: what it is told, and which of it nobody hears.
@Suite("The Alertmanager example")
struct InhibitionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Labels, as `alertname=AgentUsageSpike severity=info`.
    let heard: [String]
    let inhibited: [String]
  }

  private static let acme = "provider=dust workspace=acme"
  private static let globex = "provider=dust workspace=globex"

  static let cases = [
    Case(
      testDescription: "without an exporter nothing else is told",
      heard: [
        "alertname=AgentUsageExporterDown severity=critical", "alertname=AgentUsageExporterAbsent",
        "alertname=NodeDown",
      ],
      inhibited: [
        "alertname=AgentUsageProviderDown \(acme)", "alertname=AgentUsageSpike agent_id=a \(acme)",
        "alertname=AgentUsageLedgerNotWritten instance=a",
      ]),
    Case(
      testDescription: "collections that cannot be stored fail",
      heard: [
        "alertname=AgentUsageLedgerNotWritten instance=a", "alertname=AgentUsageBudgetExceeded \(acme)",
        "alertname=AgentUsageSpike agent_id=a severity=info \(acme)",
      ],
      inhibited: ["CollectorFailing", "DataStale", "DayUnread"].map { "alertname=AgentUsage\($0) \(acme)" }),
    Case(
      testDescription: "a provider that cannot be read explains whatever else is odd about it",
      heard: [
        "alertname=AgentUsageProviderDown \(acme)", "alertname=AgentUsageBudgetExceeded \(acme)",
        "alertname=AgentUsageSilent agent_id=a severity=warning \(globex)",
        "alertname=AgentUsageConfigReloadFailed instance=a",
      ],
      inhibited: [
        "alertname=AgentUsageDataStale \(acme)", "alertname=AgentUsageSilent agent_id=a severity=warning \(acme)",
        "alertname=AgentUsageBudgetProjected measure=credits period=month \(acme)",
      ]),
    Case(
      testDescription: "a refused credential is why the provider cannot be read",
      heard: ["alertname=AgentUsageCredentialRefused \(acme)", "alertname=AgentUsageProviderDown \(globex)"],
      inhibited: ["alertname=AgentUsageProviderDown \(acme)"]),
    Case(
      testDescription: "the critical alert about a budget makes the forecast old news",
      heard: [
        "alertname=AgentUsageBudgetBurningFast measure=credits period=month \(acme)",
        "alertname=AgentUsageBudgetProjected measure=credits period=week \(acme)",
        "alertname=AgentUsageBudgetProjected measure=messages period=month \(acme)",
        "alertname=AgentUsageBudgetProjected measure=credits period=month \(globex)",
      ],
      inhibited: ["alertname=AgentUsageBudgetProjected measure=credits period=month \(acme)"]),
    Case(
      testDescription: "of one agent the graver alert is enough",
      heard: [
        "alertname=AgentUsageBurst agent_id=a severity=warning \(acme)",
        "alertname=AgentUsageSpike agent_id=b severity=info \(acme)",
        "alertname=AgentUsageSpike agent_id=a severity=info \(globex)",
        "alertname=AgentUsageDayUnread collector=agents severity=info \(acme)",
      ],
      inhibited: ["alertname=AgentUsageSpike agent_id=a severity=info \(acme)"]),
  ]

  @Test("keeps back what another alert explains", arguments: cases)
  func inhibitions(_ told: Case) async throws {
    let scratch = try Scratch()
    let alertmanager = try await Alertmanager.start(
      configuration: Repository.path + "/alerts/alertmanager.example.yml", in: scratch)
    let alerts = (told.heard + told.inhibited).map { ["labels": Self.labels($0)] }
    let posted = try await HTTP.get(
      "http://\(alertmanager.address)/api/v2/alerts", headers: ["content-type": "application/json"], method: "POST",
      body: try JSONEncoder().encode(alerts))
    try #require(posted.status == 200, "\(posted.text)")
    let states = try await HTTP.poll("all alerts are known") {
      let answer = try await HTTP.get("http://\(alertmanager.address)/api/v2/alerts")
      let known = try JSONDecoder().decode([Known].self, from: answer.body)
      return known.count == alerts.count ? known : nil
    }
    let inhibited = Set(states.filter { !$0.status.inhibitedBy.isEmpty }.map(\.labels))
    #expect(inhibited == Set(told.inhibited.map(Self.labels)))
    alertmanager.signal(SIGTERM)
    await alertmanager.wait()
  }

  private struct Known: Decodable {
    struct Status: Decodable {
      let inhibitedBy: [String]
    }

    let labels: [String: String]
    let status: Status
  }

  private static func labels(_ text: String) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: text.split(separator: " ").map { pair in
        let parts = pair.split(separator: "=")
        return (String(parts[0]), String(parts[1]))
      })
  }
}
