import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing
import Usage

/// The commands as a user meets them.
@Suite("The commands")
struct CommandTests {
  private func run(
    _ arguments: [String], environment: [String: String] = [:], in scratch: Scratch
  ) async throws -> (status: Int32, output: String) {
    let child = try Child(try Child.exporter(), arguments, environment: environment, in: scratch.path)
    let status = await child.wait()
    return (status, child.log)
  }

  @Test("tell their version and their flags")
  func help() async throws {
    let scratch = try Scratch()
    let version = try await run(["--version"], in: scratch)
    #expect(version.status == 0 && version.output.hasPrefix("agent-usage-exporter, version "))
    let help = try await run(["serve", "--help"], in: scratch)
    for flag in [
      "--config.file", "--web.listen-address", "--web.telemetry-path", "--web.timeout-offset", "--state.path",
      "--log.level", "--log.format", "--shard", "--total-shards",
    ] {
      #expect(help.output.contains(flag), "\(flag)")
    }
  }

  @Test("say what to set when nothing is configured")
  func nothing() async throws {
    let result = try await run(["serve"], in: try Scratch())
    #expect(result.status == 2)
    #expect(result.output.contains("LANGDOCK_API_KEY") && result.output.contains("demo"))
  }

  @Test("name every fault of a configuration with its place, and no secret")
  func faults() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "bad.yml",
      """
      defaults:
        timezon: UTC
      workspaces:
        - name: acme
          provider: langdock
          api_key: marker-secret-1
          requests_per_minute: -1
          collectors: { agents: { min_interval: 30 } }
      """)
    for arguments in [["check-config", file], ["serve", "--config.file", file]] {
      let result = try await run(arguments, in: scratch)
      #expect(result.status == 1)
      for place in ["\(file):2:3: ", "\(file):7:", "\(file):8:"] { #expect(result.output.contains(place), "\(place)") }
      #expect(!result.output.contains("marker-secret"))
    }
    let good = try await run(["check-config"], environment: ["LANGDOCK_API_KEY": "marker-secret-2"], in: scratch)
    #expect(good.status == 0 && good.output.contains("requests a day") && !good.output.contains("marker"))
  }

  @Test(
    "refuse flags that promise what is not there, and values that are none",
    arguments: [
      ["--web.systemd-socket"], ["--web.listen-address", "9847"],
      ["--log.level", "loud"], ["--log.format", "xml"], ["--total-shards", "2", "--shard", "2"],
      ["--pod", "exporter", "--total-shards", "2"], ["--pod", "exporter-1"],
      ["--pod", "exporter-1", "--shard", "1", "--total-shards", "2"],
      ["--web.timeout-offset", "5"], ["--web.telemetry-path", "metrics"],
    ])
  func refusals(arguments: [String]) async throws {
    let result = try await run(["serve"] + arguments, environment: ["LANGDOCK_API_KEY": "k"], in: try Scratch())
    #expect(result.status != 0)
    #expect(result.output.contains(arguments[0]), "\(result.output)")
  }

  @Test("take flags from the environment, keep one process to a ledger, report health and stop with 0")
  func life() async throws {
    let scratch = try Scratch()
    let environment = [
      "AGENTPHONE_API_KEY": "marker-secret-3", "AGENTPHONE_BASE_URL": "http://127.0.0.1:9",
      "AGENTUSAGE_STATE_PATH": scratch.path + "/state", "AGENTUSAGE_LOG_FORMAT": "json",
      "AGENTUSAGE_WEB_TELEMETRY_PATH": "/usage",
    ]
    let exporter = try await ExporterProcess.start(["serve"], environment: environment, in: scratch)
    let scrape = try await HTTP.scrape(exporter.url + "/usage")
    let labels = ["provider": "agentphone", "workspace": "default"]
    #expect(scrape["agentusage_provider_up", labels] == 0)
    let failed = labels.merging(["endpoint": "/v1/usage", "reason": "network"]) { $1 }
    #expect(scrape["agentusage_api_request_failures_total", failed] == 1)

    let second = try await run(["serve", "--web.listen-address", ":0"], environment: environment, in: scratch)
    #expect(second.status == 1 && second.output.contains("in use by another process"))
    #expect(try await run(["health", "--url", exporter.url], in: scratch).status == 0)
    exporter.child.signal(SIGTERM)
    let stopping = ContinuousClock.now
    #expect(await exporter.child.wait() == 0)
    #expect(stopping.duration(to: .now) < .seconds(5))
    #expect(try await run(["health", "--url", exporter.url], in: scratch).status == 1)

    for line in exporter.child.log.split(separator: "\n") {
      #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
    }
    #expect(exporter.child.log.contains("collection failed") && !exporter.child.log.contains("marker-secret"))
  }

  /// A log on a full disk, and one that nobody reads any more.
  @Test("go on when their log cannot be written", arguments: ["2>/dev/full", "2> >(exec true)"])
  func noLog(redirection: String) async throws {
    let scratch = try Scratch()
    let exporter = try await ExporterProcess.alone(shell: #"exec "$0" "$@" "# + redirection, in: scratch)
    for _ in 1...3 { _ = try await HTTP.scrape(exporter.url + "/metrics") }
    exporter.child.signal(SIGTERM)
    #expect(await exporter.child.wait() == 0)
  }

  @Test("take as many open files as the system gives them")
  func openFiles() async throws {
    let scratch = try Scratch()
    let exporter = try await ExporterProcess.alone(
      shell: #"ulimit -Sn 100; ulimit -Hn 3000; exec "$0" "$@""#, in: scratch)
    #expect(try await HTTP.scrape(exporter.url + "/metrics")["process_max_fds", [:]] == 3000)
    exporter.child.signal(SIGTERM)
    #expect(await exporter.child.wait() == 0)
  }

  @Test("say by their status what they cannot say in words")
  func noConsole() async throws {
    let scratch = try Scratch()
    let arguments = ["-c", #"exec "$0" check-config nothing.yml 2>/dev/full"#, try Child.exporter()]
    #expect(await (try Child(try Child.find("bash"), arguments, in: scratch.path)).wait() == 1)
  }

  /// "Graceful stop (finish scrapes, close the ledger) within 5 s", also while a provider hangs.
  @Test("answer the scrape under way when they are stopped")
  func gracefulStop() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
      let arguments = ["serve", "--config.file", file, "--state.path", scratch.path + "/state"]
      let keys = ExporterProcess.keys(simulator)
      let exporter = try await ExporterProcess.start(arguments, environment: keys, in: scratch)
      _ = try await HTTP.scrape(exporter.url + "/metrics")
      simulator.faults.inject(.hang, at: .langdock)
      let url = exporter.url + "/metrics"
      let isStopping = Mutex(false)
      // The first scrape that finds something due hangs with it.
      let scraping = Task { () async throws -> Int in
        while true {
          let status = try await HTTP.get(url).status
          if isStopping.withLock({ $0 }) { return status }
          try await ContinuousClock().sleep(for: .milliseconds(50))
        }
      }
      _ = try await HTTP.poll("a request that hangs") { simulator.faults.hanging > 0 ? true : nil }
      isStopping.withLock { $0 = true }
      exporter.child.signal(SIGTERM)
      let stopping = ContinuousClock.now
      #expect(try await scraping.value == 200)
      #expect(await exporter.child.wait() == 0)
      #expect(stopping.duration(to: .now) < .seconds(5))
      simulator.faults.clear()
      simulator.faults.release()
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/state")
      #expect(!names.contains { $0.hasSuffix("-wal") && Self.size(scratch.path + "/state/" + $0) > 0 }, "\(names)")
      let again = try await ExporterProcess.start(arguments, environment: keys, in: scratch)
      #expect(try await HTTP.scrape(again.url + "/metrics")["agentusage_ledger_restored", [:]] == 1)
    }
  }

  private static func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Two pods of a StatefulSet have every workspace once between them.
  @Test("share workspaces among the pods of a StatefulSet")
  func shards() async throws {
    let scratch = try Scratch()
    let names = (0..<40).map { "workspace-\($0)" }
    let workspaces = names.map {
      "  - { name: \($0), provider: agentphone, api_key: k, base_url: \"http://127.0.0.1:9\" }"
    }
    let file = try scratch.write("config.yml", "workspaces:\n" + workspaces.joined(separator: "\n"))
    var shares: [Set<String>] = []
    for pod in 0..<2 {
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", ":memory:", "--log.level", "error"],
        environment: ["AGENTUSAGE_POD": "exporter-\(pod)", "AGENTUSAGE_TOTAL_SHARDS": "2"], in: scratch)
      let scrape = try await HTTP.scrape(exporter.url + "/metrics")
      shares.append(Set(scrape.values("agentusage_workspace_info").keys.compactMap { $0.labels["workspace"] }))
    }
    #expect(shares[0].isDisjoint(with: shares[1]) && shares[0].union(shares[1]) == Set(names))
    #expect(shares.allSatisfy { $0.count > 10 })
  }

  /// "The demo shows all four providers within 20 s": non-zero period gauges, and counters that grow.
  @Test("show a growing company in the demo within 20 seconds")
  func demo() async throws {
    let begin = ContinuousClock.now
    let exporter = try await ExporterProcess.start(["demo"], in: try Scratch())
    _ = try await HTTP.poll("all providers", for: .seconds(20), every: .milliseconds(500)) { () -> Bool? in
      let scrape = try await HTTP.scrape(exporter.url + "/metrics")
      let measures = ["langdock": "messages", "dust": "messages", "tess": "executions", "agentphone": "messages"]
      let growing = measures.allSatisfy { provider, measure in
        let month = scrape.values(
          "agentusage_agent_period_\(measure)", where: ["provider": provider, "period": "month"])
        let counters = scrape.values("agentusage_agent_\(measure)_total", where: ["provider": provider])
        return month.values.reduce(0, +) > 0 && counters.values.reduce(0, +) > 0
      }
      return growing ? true : nil
    }
    #expect(begin.duration(to: .now) < .seconds(20))
  }
}
