import Collection
import Exposition
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Providers
import Publication
import Settings
import TestSupport
import Testing
import Upstream
import Usage
import Web

/// `/probe`, `collect[]`, `provider[]` and `/-/reload`, against the router without a network.
@Suite("Scrapes of a part, and reloads")
struct ScrapeQueryTests {
  /// Two workspaces of one name that know nothing yet, beside one of another.
  private func run(
    _ lifecycle: Lifecycle = Lifecycle(), _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_763_560_800))
    let ledger = try Ledger(database: .inMemory())
    let publisher = Publisher()
    let standing = ExporterStanding(
      version: "test", served: Served.allCases.map(\.rawValue), loadedAt: clock.now())
    let environment = CollectionEnvironment(
      ledger: ledger, publisher: publisher, clock: clock, report: Silence())
    let workspaces = try [WorkspaceID(.dust, "acme"), WorkspaceID(.tess, "acme"), WorkspaceID(.tess, "other")].map {
      try Self.workspace($0, environment)
    }
    let coordinator = ScrapeCoordinator(
      workspaces: workspaces, ledger: ledger, clock: clock, standing: standing)
    try await coordinator.open()
    let responder = ExporterResponder(
      coordinator: coordinator, publisher: publisher, standing: standing, telemetryPath: "/metrics",
      timeout: ScrapeTimeout(offset: 0.5), version: "test", collectors: ["agents", "daily"], lifecycle: lifecycle)
    try await Application(responder: responder).test(.router, test)
  }

  private struct Silence: CollectionReporter {
    func collectionEnded(_ id: CollectorID, _ outcome: CollectionOutcome) {}
    func ledgerChanged(failure: LedgerError?) {}
  }

  /// A workspace without collectors: it is published, and asks nobody.
  private static func workspace(_ id: WorkspaceID, _ environment: CollectionEnvironment) throws -> WorkspaceCollection {
    let adapter = try #require(ProviderRegistry.adapter(for: id.provider))
    var settings = WorkspaceSettings(id.name, provider: adapter.defaults, secret: .literal(Secret("unused")))
    for index in settings.collectors.indices { settings.collectors[index].enabled = false }
    return try WorkspaceAssembly.make(
      settings, environment: environment, transports: TransportPool(proxies: ProxyRules(environment: [:])))
  }

  @Test(
    "choose workspaces",
    arguments: [
      ("/probe?target=other", ["tess/other"]), ("/probe?target=acme&provider=dust", ["dust/acme"]),
      ("/probe?provider=tess&target=acme", ["tess/acme"]),
      ("/metrics?provider[]=dust", ["dust/acme"]), ("/metrics?provider%5B%5D=tess", ["tess/acme", "tess/other"]),
      ("/metrics?provider[]=tess&provider[]=dust", ["dust/acme", "tess/acme", "tess/other"]),
      ("/metrics?collect[]=agents", ["dust/acme", "tess/acme", "tess/other"]), ("/metrics?collect[]=exporter", []),
      ("/metrics?provider[]=agentphone", []),
    ])
  func selection(uri: String, expected: [String]) async throws {
    try await run { client in
      for headers in [HTTPFields(), [.accept: "application/openmetrics-text;version=1.0.0"]] {
        try await client.execute(uri: uri, method: .get, headers: headers) { response in
          #expect(response.status == .ok)
          let scrape = try Scrape(String(buffer: response.body))
          let info = scrape.values("agentusage_workspace_info")
          #expect(
            info.keys.compactMap { "\($0.labels["provider"] ?? "")/\($0.labels["workspace"] ?? "")" }.sorted()
              == expected)
          // The exporter's own series belong to /metrics.
          #expect(scrape.types.keys.contains("process_threads") == uri.hasPrefix("/metrics"))
        }
      }
    }
  }

  @Test(
    "are refused with a reason",
    arguments: [
      ("/probe", "the parameter target is missing"), ("/probe?target=", "the parameter target is missing"),
      ("/probe?target=acme", "several providers have a workspace of this name"),
      ("/probe?target=nobody", "no workspace of this name is configured"),
      ("/probe?target=other&provider=dust", "no workspace of this name is configured"),
      ("/probe?target=other&provider=gpt", "there is no provider `gpt`; there are langdock, dust, tess, agentphone"),
      ("/metrics?collect[]=agent", "there is no collector `agent`; there are agents, daily"),
      ("/metrics?provider[]=%3Cscript%3E", "there is no provider of this name"),
      ("/probe?target=http%3A%2F%2Fexample.com", "no workspace of this name is configured"),
    ])
  func refusal(uri: String, words: String) async throws {
    try await run { client in
      try await client.execute(uri: uri, method: .get) { response in
        #expect(response.status == .badRequest)
        let text = String(buffer: response.body)
        #expect(text.hasPrefix(words) && !text.contains("<"), "\(text)")
      }
    }
  }

  @Test(
    "tell what came of a reload",
    arguments: [
      (Lifecycle.Outcome.reloaded, 200, "read again"), (.refused(message: "a.yml:1:2: what"), 500, "a.yml:1:2: what"),
      (.stopping, 503, "stopping"),
    ])
  func reload(outcome: Lifecycle.Outcome, status: Int, words: String) async throws {
    try await run(Lifecycle { outcome }) { client in
      for method in [HTTPRequest.Method.post, .put] {
        try await client.execute(uri: "/-/reload", method: method) { response in
          #expect(response.status.code == status && String(buffer: response.body).contains(words))
        }
      }
      try await client.execute(uri: "/-/reload", method: .get) { #expect($0.status == .methodNotAllowed) }
    }
  }
}
