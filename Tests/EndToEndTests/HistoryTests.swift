import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// `demo` with a past, and with a clock that runs fast: held against the company that it simulates.
@Suite("A demo with a past")
struct HistoryTests {
  @Test("gives a Prometheus blocks that it goes on from without a jump")
  func seam() async throws {
    let scratch = try Scratch()
    let file = scratch.path + "/history.om"
    let company = DemoCompany(spike: (agent: "agent_terminbot", day: -1))
    let exporter = try await ExporterProcess.start(
      [
        "demo", "--history", "3d", "--history.step", "2h", "--history.file", file, "--incident", "agent_terminbot=-1",
      ], in: scratch, within: .seconds(180))
    let span = try HistorySpan(of: file)
    #expect(span.last.timeIntervalSince(span.first) >= 3 * 86_400)
    let promtool = try Child(
      try Child.find("promtool"),
      ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=168h", file, scratch.path + "/tsdb"],
      in: scratch.path)
    #expect(await promtool.wait() == 0, "\(promtool.log)")
    let prometheus = try await Prometheus.start(scraping: exporter.url, every: "1s", in: scratch)

    // The blocks alone, as of their end: from the first collection to the last one that is in them.
    let collected = span.last(every: 7200)
    let window = Int(span.last.timeIntervalSince(span.first))
    for measure in DemoCompany.Measured.allCases {
      let truth = company.growth(measure, from: span.first, to: collected)
      for (agent, expected) in truth.sorted(by: { $0.value > $1.value }).prefix(4) {
        let increase = try await prometheus.query(
          "increase(\(measure.counter(agent))[\(window)s] @ \(span.last.timeIntervalSince1970))")
        #expect(increase.count == 1)
        DemoCompany.expect(increase.first?.value, from: expected, to: expected, "\(agent) in the past")
      }
    }

    // And with what was scraped since.
    _ = try await HTTP.poll("a live collection of each provider") {
      let seen = try await prometheus.query(
        "count(agentusage_collector_last_success_timestamp_seconds{collector=~\"agents|executions\"} > "
          + "\(span.last.timeIntervalSince1970))")
      return seen.first?.value == 4 ? true : nil
    }
    for measure in DemoCompany.Measured.allCases {
      let name = measure.counter
      #expect(try await prometheus.query("count(resets(\(name)[\(window + 3600)s]) > 0)").isEmpty)
      // The same series before and after: those of the blocks that were not met by a live sample would be others.
      let live = try await prometheus.query("count(\(name))").first?.value
      #expect(try await prometheus.query("count(count_over_time(\(name)[\(window + 3600)s]))").first?.value == live)
      try await company.expectCounters(measure, of: exporter, since: span.first)
    }
  }

  @Test("draws its past together as far as its clock then runs fast, and a day passes in ten seconds")
  func speed() async throws {
    let scratch = try Scratch()
    let file = scratch.path + "/history.om"
    let begin = Date()
    let exporter = try await ExporterProcess.start(
      ["demo", "--history", "1d", "--history.step", "4h", "--history.file", file, "--clock.speed", "8640"], in: scratch,
      within: .seconds(180))
    let span = try HistorySpan(of: file)
    // A day and a step at most, at ten seconds a day.
    let length = span.last.timeIntervalSince(span.first)
    #expect(length > 9.9 && length < 12, "\(length)")
    #expect(span.last > begin && span.last < Date())
    // Five minutes are 34.7 ms.
    #expect(Set(span.steps).isSubset(of: [34, 35]), "\(Set(span.steps))")

    let company = DemoCompany()
    let labels = ["provider": "langdock", "workspace": "demo", "collector": "agents"]
    let through = "agentusage_collector_data_through_timestamp_seconds"
    let first = try await HTTP.scrape(exporter.url + "/metrics")
    let before = try #require(first[through, labels])
    let later = try await HTTP.poll("a day's usage", every: .milliseconds(200)) { () -> Scrape? in
      // Prometheus' own deadline, which knows nothing of the demo's clock.
      let answer = try await HTTP.get(
        exporter.url + "/metrics", headers: ["X-Prometheus-Scrape-Timeout-Seconds": "5"], timeout: 5)
      let scrape = try Scrape(answer.text)
      return scrape[through, labels] ?? 0 >= before + 86_400 ? scrape : nil
    }
    let after = try #require(later[through, labels])
    let taken = try #require(later["agentusage_collector_duration_seconds", labels])
    func total(_ scrape: Scrape) -> Double {
      scrape.values("agentusage_agent_messages_total", where: ["provider": "langdock"]).values.reduce(0, +)
    }
    let start = Date(timeIntervalSince1970: before)
    func truth(_ end: TimeInterval) -> Double {
      company.growth(.langdock, from: start, to: Date(timeIntervalSince1970: end)).values.reduce(0, +)
    }
    let grown = total(later) - total(first)
    // What the first collection saw of the time that it took is at most as much again as of the last one's.
    #expect(grown > 0.7 * truth(after) && grown < 1.3 * truth(after + taken), "\(grown) \(truth(after))")
  }

  @Test(
    "refuses what is no past, no pace and no agent",
    arguments: [
      (["--history", "month"], "duration"), (["--history", "400d"], "365d"), (["--history.file", "h.om"], "--history"),
      (["--history", "1d", "--history.step", "7m"], "multiple of 5m"),
      (["--history", "1d", "--history.interval", "7m"], "multiple of 5m"),
      (["--history", "1d", "--history.interval", "25m"], "--history.interval must divide"),
      (["--clock.speed", "0"], "--clock.speed"),
      (["--incident", "agent_terminbot"], "agent_terminbot=1"), (["--incident", "agent_nobody=1"], "agent_terminbot"),
      (["--history", "1d", "--history.file", "/nowhere/h.om"], "/nowhere/h.om"),
    ])
  func refusals(arguments: [String], hint: String) async throws {
    let scratch = try Scratch()
    let child = try Child(
      try Child.exporter(), ["demo", "--web.listen-address", "127.0.0.1:0"] + arguments, in: scratch.path)
    #expect(await child.wait() != 0)
    #expect(child.log.contains(hint), "\(child.log)")
  }
}
