import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The built exporter, killed again and again.
@Suite struct CrashTests {
  /// How often: `AGENTUSAGE_CRASHES=1000` for as many as the README tells of.
  private static let crashes = ProcessInfo.processInfo.environment["AGENTUSAGE_CRASHES"].flatMap { Int($0) } ?? 100

  /// Killed with `kill -9` at random moments under load and restarted each time: no counter ever lower than last served,
  /// final totals exact.
  @Test func killedAgainAndAgain() async throws {
    let start = Date()
    let today = LocalCalendar.utc.day(at: start)
    let company = Company.empty(today: today)
    let agents = (0..<12).map { "agent-\($0)" }
    for agent in agents {
      company.addAgent(id: "l-\(agent)", name: agent, provider: .langdock)
      company.addAgent(id: "p-\(agent)", name: agent, provider: .agentphone)
    }
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
      let arguments = ["serve", "--config.file", file, "--state.path", scratch.path + "/state", "--log.level", "error"]
      var random = SystemRandomNumberGenerator()
      var floor: [Scrape.Series: Double] = [:]
      var added: [String: Int] = [:]

      func start() async throws -> ExporterProcess {
        try await ExporterProcess.start(arguments, environment: ExporterProcess.keys(simulator), in: scratch)
      }
      func check(_ scrape: Scrape) {
        for (series, value) in scrape.samples where Self.isCounter(series) {
          #expect(value >= floor[series] ?? 0, "\(series) fell")
          floor[series] = max(floor[series] ?? 0, value)
        }
        for series in floor.keys where Self.isCounter(series) && scrape.samples[series] == nil {
          Issue.record("\(series) is gone")
        }
      }

      // The baseline is taken while nothing has happened yet, so every message from here on counts.
      let first = try await start()
      check(try await HTTP.scrape(first.url + "/metrics"))
      for agent in agents { Self.use(company, agent, 1, &added) }
      check(
        try await HTTP.poll("first usage") {
          let scrape = try await HTTP.scrape(first.url + "/metrics")
          return scrape.values("agentusage_agent_messages_total").count == 2 * agents.count ? scrape : nil
        })
      first.child.signal(SIGKILL)
      await first.child.wait()

      for _ in 0..<Self.crashes {
        let exporter = try await start()
        let scraping = Task { try? await HTTP.scrape(exporter.url + "/metrics") }
        for agent in agents.shuffled().prefix(4) { Self.use(company, agent, Int.random(in: 1...9), &added) }
        try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 0...120, using: &random)))
        exporter.child.signal(SIGKILL)
        await exporter.child.wait()
        if let scrape = await scraping.value { check(scrape) }
      }

      let last = try await start()
      let final = try await HTTP.poll("final totals", for: .seconds(90), every: .seconds(1)) {
        let scrape = try await HTTP.scrape(last.url + "/metrics")
        check(scrape)
        return Self.totals(scrape) == added ? Self.totals(scrape) : nil
      }
      #expect(final == added)
      last.child.signal(SIGTERM)
      #expect(await last.child.wait() == 0)
    }
  }

  private static func isCounter(_ series: Scrape.Series) -> Bool {
    series.name == "agentusage_agent_messages_total"
  }

  private static func use(_ company: Company, _ agent: String, _ count: Int, _ added: inout [String: Int]) {
    let now = Date()
    company.addMessages(count, agent: "l-\(agent)", at: now)
    company.addTexts(count, agent: "p-\(agent)", at: now)
    for prefix in ["l-", "p-"] { added[prefix + agent, default: 0] += count }
  }

  private static func totals(_ scrape: Scrape) -> [String: Int] {
    var totals: [String: Int] = [:]
    for (series, value) in scrape.values("agentusage_agent_messages_total") {
      if let agent = series.labels["agent_id"] { totals[agent] = Int(value) }
    }
    return totals
  }
}
