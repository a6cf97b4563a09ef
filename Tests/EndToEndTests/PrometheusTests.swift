import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The built exporter under a real Prometheus.
@Suite struct PrometheusTests {
  /// "A real Prometheus scrapes it for a minute: `up` is 1 throughout and no sample is refused."
  @Test func scrapesForAMinuteWithoutARefusedSample() async throws {
    let scratch = try Scratch()
    let exporter = try await ExporterProcess.start(["demo"], in: scratch)
    let prometheus = try await Prometheus.start(scraping: exporter.url, every: "1s", in: scratch)
    try await expectPromtoolIsSilent(about: exporter, in: scratch)
    let scrapes = try await HTTP.poll("sixty scrapes", for: .seconds(90), every: .seconds(1)) {
      let count = try await prometheus.query("count_over_time(up[5m])").first?.value ?? 0
      return count >= 60 ? count : nil
    }
    #expect(try await prometheus.query("sum_over_time(up[5m])").first?.value ?? 0 >= scrapes)
    #expect(try await prometheus.query("min_over_time(up[5m])").first?.value == 1)
    for reason in ["bounds", "duplicate_timestamp", "out_of_order"] {
      let own = try await HTTP.get(prometheus.url + "/metrics").text
      let line = own.split(separator: "\n").first {
        $0.hasPrefix("prometheus_target_scrapes_sample_\(reason == "bounds" ? "out_of_bounds" : reason)_total ")
      }
      #expect(line?.hasSuffix(" 0") == true, "\(reason): \(line ?? "missing")")
    }
    let measures = [("langdock", "messages"), ("dust", "messages"), ("tess", "executions"), ("agentphone", "messages")]
    for (provider, measure) in measures {
      let growth = try await prometheus.query(
        "sum(increase(agentusage_agent_\(measure)_total{provider=\"\(provider)\"}[5m]))")
      #expect(growth.first?.value ?? 0 > 0, "\(provider)")
      let month = try await prometheus.query(
        "sum(agentusage_agent_period_\(measure){provider=\"\(provider)\",period=\"month\"})")
      #expect(month.first?.value ?? 0 > 0, "\(provider)")
    }
    #expect(!prometheus.child.log.contains("level=warn component=\"scrape manager\""), "\(prometheus.child.log)")
    exporter.child.signal(SIGTERM)
    #expect(await exporter.child.wait() == 0)
  }

  /// "`promtool check metrics` is silent."
  private func expectPromtoolIsSilent(about exporter: ExporterProcess, in scratch: Scratch) async throws {
    let file = try scratch.write("scrape.txt", try await HTTP.get(exporter.url + "/metrics").text)
    let promtool = try Child(
      "/bin/sh", ["-c", "\(try Child.find("promtool")) check metrics < \(file)"], in: scratch.path)
    #expect(await promtool.wait() == 0)
    #expect(promtool.log == "")
  }

  /// "Hostile agent names come back unchanged from Prometheus' API, bar the documented cut."
  @Test func hostileNamesComeBackUnchanged() async throws {
    let names = [
      #"quote " backslash \ both \" end"#, "two\nlines\r\nand\ttab", "nul\u{0}inside", "\u{0}first", "last\u{0}",
      "emoji 👩‍👩‍👧‍👦 🚀", "مرحبا بالعالم", "\u{202E}override\u{202C}", "bell\u{7}\u{1B}[31m", "{a=\"b\"} 1 # x", "%s %n",
      String(repeating: "x", count: 10_000), String(repeating: "👩‍👩‍👧‍👦", count: 1_000), " ", "=cmd|'/c calc'!A1",
    ]
    let now = Date()
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    for (index, name) in names.enumerated() {
      company.addAgent(id: "lang-\(index)", name: name, provider: .langdock)
      company.addMessages(1 + index, agent: "lang-\(index)", at: now.addingTimeInterval(-60))
      company.addAgent(id: "phone-\(index)", name: name, provider: .agentphone)
      company.addTexts(1 + index, agent: "phone-\(index)", at: now.addingTimeInterval(-60))
      company.addAgent(id: "dust-\(index)", name: name, provider: .dust)
      company.addDustMessages(1 + index, agent: "dust-\(index)", at: now.addingTimeInterval(-60))
      company.addTessAgent(slug: "tess-\(index)", name: name, type: .chat)
      company.addExecutions(1 + index, agent: "tess-\(index)", at: now.addingTimeInterval(-60))
    }
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write(
        "config.yml", ExporterProcess.configuration(simulator) + ExporterProcess.rest(simulator))
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", ":memory:"], environment: ExporterProcess.keys(simulator),
        in: scratch)
      let prometheus = try await Prometheus.start(scraping: exporter.url, every: "1s", in: scratch)
      let infos = try await HTTP.poll("all names", for: .seconds(30)) {
        let infos = try await prometheus.query("agentusage_agent_info")
        return infos.count >= 4 * names.count ? infos : nil
      }
      for (index, name) in names.enumerated() {
        for id in ["lang-\(index)", "dust-\(index)", "tess-\(index)", "phone-\(index)"] {
          let shown = infos.first { $0.labels["agent_id"] == id }?.labels["agent_name"]
          #expect(shown == LabelText.cut(name), "\(id)")
        }
      }
      #expect(try await prometheus.query("up").first?.value == 1)
    }
  }
}
