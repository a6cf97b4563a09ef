import Foundation
import Simulator
import Testing
import Usage

/// What the log tells of collections.
@Suite("The log of collections")
struct CollectionLogTests {
  @Test(
    "one line for each, with its requests and seconds, and nothing that is secret or somebody's",
    arguments: ["logfmt", "json"])
  func lines(format: String) async throws {
    let now = Date()
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    company.addAgent(id: "l", name: "Canary Agent", provider: .langdock)
    company.addMessages(3, agent: "l", at: now, .init { $0.user = "canary-person" })
    company.addNumber(id: "n1", number: "+12025550177", agent: "p")
    company.addTexts(2, agent: "p", number: "n1", at: now)
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      simulator.faults.inject(.status(500), at: .langdock, path: "/export/projects")
      let text = ExporterProcess.configuration(simulator, interval: "1h")
        .replacingOccurrences(of: "api_keys: {", with: "users: { enabled: true, min_interval: 1h }\n      api_keys: {")
      let file = try scratch.write("config.yml", text)
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", ":memory:", "--log.format", format],
        environment: ExporterProcess.keys(simulator), in: scratch)
      // Each collects at the first scrape, and none again within the hour.
      for _ in 0..<3 { _ = try await HTTP.scrape(exporter.url + "/metrics") }
      exporter.child.signal(SIGTERM)
      #expect(await exporter.child.wait() == 0)
      let log = exporter.child.log
      let ended = log.split(separator: "\n").map { Self.fields(String($0), format) }
        .filter { ["collected", "collection failed"].contains($0["msg"]) }
      #expect(
        ended.map { "\($0["provider"] ?? "")/\($0["workspace"] ?? "")/\($0["collector"] ?? "")" }.sorted() == [
          "agentphone/acme/account", "agentphone/acme/agents", "agentphone/acme/daily", "agentphone/acme/numbers",
          "langdock/acme/agents", "langdock/acme/api_keys", "langdock/acme/models", "langdock/acme/projects",
          "langdock/acme/users",
        ], "\(log)")
      let requests = ended.compactMap { $0["requests"].flatMap { Int($0) } }
      #expect(requests.count == ended.count && requests.allSatisfy { $0 > 0 })
      // Downloads of an export are requests too.
      #expect(requests.reduce(0, +) == simulator.log.requests.count)
      #expect(ended.allSatisfy { Double($0["seconds"] ?? "").map { $0 >= 0 && $0 < 60 } ?? false })
      let failed = ended.filter { $0["msg"] == "collection failed" }
      #expect(failed.map { $0["collector"] } == ["projects"] && failed.first?["reason"] == "server")
      let secrets = Array(ExporterProcess.keys(simulator).values) + ["canary", "Canary", "2025550177"]
      for secret in secrets { #expect(!log.contains(secret), "\(secret)") }
    }
  }

  /// Of one line, however it is written.
  private static func fields(_ line: String, _ format: String) -> [String: String] {
    if format == "json" {
      return (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]) ?? [:]
    }
    let pairs = line.matches(of: /([a-z_]+)=(?:"([^"]*)"|(\S*))/).map { match in
      (String(match.1), String(match.2 ?? match.3 ?? ""))
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
