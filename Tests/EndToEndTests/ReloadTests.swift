import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing
import Usage

/// The built exporter, told to read its configuration again.
@Suite("Reloads") struct ReloadTests {
  /// "Reload under 50 scrapes a second: no scrape fails, no counter moves" but by what is used.
  @Test func underFiftyScrapesASecond() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    company.addAgent(id: "a", name: "A", provider: .agentphone)
    company.addAgent(id: "l", name: "L", provider: .langdock)
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let sound = ExporterProcess.configuration(simulator)
      let file = try scratch.write("config.yml", sound)
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", scratch.path + "/state", "--web.enable-lifecycle"],
        environment: ExporterProcess.keys(simulator), in: scratch)
      _ = try await HTTP.scrape(exporter.url + "/metrics")
      company.addMessages(5, agent: "l", at: Date())
      company.addTexts(5, agent: "a", at: Date())
      _ = try await HTTP.poll("usage") { try await Self.isComplete(exporter.url) ? true : nil }

      let watch = Watch()
      let begin = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<10 { group.addTask { try await watch.scrape(exporter.url, every: .milliseconds(200)) } }
        var round = 0
        while round < 20 || watch.count < 250 {
          round += 1
          // Other intervals, and another workspace that comes and goes.
          var text = ExporterProcess.configuration(simulator, interval: "\(1 + round % 3)s")
          if round.isMultiple(of: 2) { text += Self.extra(simulator) }
          _ = try scratch.write("config.yml", text)
          if round.isMultiple(of: 3) {
            let before = try await Self.reloadedAt(exporter.url)
            exporter.child.signal(SIGHUP)
            _ = try await HTTP.poll("SIGHUP") { try await Self.reloadedAt(exporter.url) > before ? true : nil }
          } else {
            let answer = try await HTTP.get(exporter.url + "/-/reload", method: "POST")
            #expect(answer.status == 200, "\(answer.text)")
          }
        }
        watch.end()
        try await group.waitForAll()
      }
      let elapsed = begin.duration(to: .now)
      #expect(watch.failures == [])
      // What the test is named for; a machine that is busy with other things may miss a few of them.
      let rate = Double(watch.count) / (elapsed / .seconds(1))
      #expect(rate >= 40, "\(rate) scrapes a second")
      exporter.child.signal(SIGTERM)
      #expect(await exporter.child.wait() == 0)
    }
  }

  @Test func aBadFileKeepsTheOldState() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    company.addAgent(id: "a", name: "A", provider: .agentphone)
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", scratch.path + "/state", "--web.enable-lifecycle"],
        environment: ExporterProcess.keys(simulator), in: scratch)
      let before = try await HTTP.scrape(exporter.url + "/metrics")
      _ = try scratch.write("config.yml", "workspaces:\n  - name: acme\n    provider: langdok\n    api_key: ${LK}\n")
      let answer = try await HTTP.get(exporter.url + "/-/reload", method: "POST")
      #expect(answer.status == 500)
      #expect(answer.text.contains("config.yml:3:15") && answer.text.contains("`langdock`"), "\(answer.text)")
      #expect(!answer.text.contains(simulator.langdockKey))
      let after = try await HTTP.scrape(exporter.url + "/metrics")
      #expect(after["agentusage_exporter_config_last_reload_successful", [:]] == 0)
      #expect(
        Set(after.values("agentusage_workspace_info").keys) == Set(before.values("agentusage_workspace_info").keys))
      let page = try await HTTP.get(exporter.url + "/").text
      #expect(page.contains("The configuration could not be read again.") && !page.contains("langdok"))
      _ = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
      #expect(try await HTTP.get(exporter.url + "/-/reload", method: "PUT").status == 200)
      let healed = try await HTTP.scrape(exporter.url + "/metrics")
      #expect(healed["agentusage_exporter_config_last_reload_successful", [:]] == 1)
    }
  }

  private static func extra(_ simulator: Simulator) -> String {
    """

      - name: extra
        provider: agentphone
        api_key: ${AK}
        base_url: \(simulator.agentPhoneURL)
        requests_per_minute: 10000
    """
  }

  private static func reloadedAt(_ url: String) async throws -> Double {
    let scrape = try await HTTP.scrape(url + "/metrics")
    return scrape["agentusage_exporter_config_last_reload_success_timestamp_seconds", [:]] ?? 0
  }

  private static func isComplete(_ url: String) async throws -> Bool {
    let scrape = try await HTTP.scrape(url + "/metrics")
    return scrape.values("agentusage_agent_messages_total").values.sorted() == [5, 5]
  }
}

/// Scrapes again and again, and holds each scrape against the one before.
private final class Watch: Sendable {
  private struct State {
    var isOver = false
    var count = 0
    var failures: [String] = []
  }

  private let state = Mutex(State())

  var count: Int { state.withLock(\.count) }
  var failures: [String] { state.withLock(\.failures) }

  func end() { state.withLock { $0.isOver = true } }

  func scrape(_ url: String, every interval: Duration) async throws {
    var floor: [Scrape.Series: Double] = [:]
    while !state.withLock(\.isOver) {
      let next = ContinuousClock.now + interval
      do {
        let answer = try await HTTP.get(url + "/metrics")
        let scrape = try Scrape(answer.text)
        let faults = answer.status == 200 ? Self.faults(scrape, &floor) : ["status \(answer.status)"]
        state.withLock { state in
          state.count += 1
          state.failures += faults
        }
      } catch {
        state.withLock { $0.failures.append("\(error)") }
      }
      try? await ContinuousClock().sleep(until: next)
    }
  }

  /// Nothing is used meanwhile: usage counters stay as they are, the exporter's own do not fall, and none is missing.
  private static func faults(_ scrape: Scrape, _ floor: inout [Scrape.Series: Double]) -> [String] {
    var faults: [String] = []
    for (series, old) in floor {
      guard let new = scrape.samples[series] else {
        faults.append("\(series) is gone")
        continue
      }
      if new < old || new > old && series.name.contains("_messages_") { faults.append("\(series): \(old) to \(new)") }
    }
    for (series, value) in scrape.samples
    where series.name.hasSuffix("_total") && series.labels["workspace"] != "extra" { floor[series] = value }
    return faults
  }
}
