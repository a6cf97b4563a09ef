import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// A day of a large workspace: the consumption export is streamed, counted exactly, and never held.
@Suite("A million lines of consumption")
struct ConsumptionTests {
  private static let lines = 1_000_000
  /// What the issue allows the process to have resident at its highest, in kB.
  private static let memoryLimit = 100_000

  private static func configuration(_ simulator: Simulator) -> String {
    """
    defaults: { periods: [day], active_user_windows: [], restate_days: 0, zero_hold: 0s }
    workspaces:
      - name: acme
        provider: dust
        workspace_id: \(simulator.dustWorkspace)
        api_key: ${DK}
        base_url: \(simulator.dustURL)
        collectors:
          usage_metrics: { enabled: false }
          active_users: { enabled: false }
          agents: { enabled: false }
          sources: { enabled: false }
          skills: { enabled: false }
          tools: { enabled: false }
          feedback: { enabled: false }
          consumption: { enabled: true, min_interval: 1s }
    """
  }

  /// Runs the exporter over such an export until `condition` holds, and returns its scrape and the highest memory it had.
  private static func run(
    _ errorAtEnd: String?, isCSV: Bool, in scratch: Scratch, until condition: @Sendable @escaping (Scrape) -> Bool
  ) async throws -> (scrape: Scrape, memory: Int) {
    let clock = SystemClock()
    let company = Company.empty(today: LocalCalendar.utc.day(at: clock.now()))
    var configuration = Simulator.Configuration()
    configuration.dust.csvOnly = isCSV
    configuration.dust.syntheticConsumption = (lines: lines, errorAtEnd: errorAtEnd)
    return try await Simulator(company: company, clock: clock, configuration: configuration).withRunning { simulator in
      let file = try scratch.write("config.yml", Self.configuration(simulator))
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", scratch.path + "/state"],
        environment: ["DK": simulator.dustKey], in: scratch)
      let scrape = try await HTTP.poll("the export is read", for: .seconds(120), every: .milliseconds(500)) {
        () -> Scrape? in
        let scrape = try await HTTP.scrape(exporter.url + "/metrics")
        return condition(scrape) ? scrape : nil
      }
      let status = try String(contentsOfFile: "/proc/\(exporter.child.identifier)/status", encoding: .utf8)
      exporter.child.signal(SIGTERM)
      _ = await exporter.child.wait()
      let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return (scrape, peak.flatMap { Int($0.filter(\.isNumber)) } ?? .max)
    }
  }

  private static func gauges(_ scrape: Scrape) -> [String: Double] {
    var gauges: [String: Double] = [:]
    for scope in ["agent", "model", "tool"] {
      for (series, value) in scrape.values("agentusage_\(scope)_period_credits", where: ["period": "day"]) {
        gauges["\(scope) \(series.labels["agent_id"] ?? series.labels["model"] ?? series.labels["tool"] ?? "")"] = value
      }
    }
    return gauges.filter { $0.value != 0 }
  }

  private static let expected = Dictionary(
    uniqueKeysWithValues: syntheticConsumptionTruth(lines: lines).quantities.map { key, value in
      ("\(key.entity.scope.rawValue) \(key.entity.id)", Double(value) / 1e6)
    })

  @Test("are exact, in less than 100 MB; one that breaks off leaves everything as it was", arguments: [false, true])
  func millions(isCSV: Bool) async throws {
    let scratch = try Scratch()
    let labels = ["provider": "dust", "workspace": "acme", "collector": "consumption"]
    let (whole, memory) = try await Self.run(nil, isCSV: isCSV, in: scratch) { scrape in
      scrape["agentusage_collector_rows", labels] == Double(Self.lines)
    }
    #expect(Self.gauges(whole) == Self.expected)
    #expect(memory < Self.memoryLimit, "\(memory) kB")
    // A million good lines and one that says that they are not all.
    let (broken, second) = try await Self.run("ERROR: Export timed out.", isCSV: isCSV, in: scratch) { scrape in
      scrape["agentusage_collector_success", labels] == 0
    }
    #expect(Self.gauges(broken) == Self.expected)
    #expect(second < Self.memoryLimit, "\(second) kB")
    let failures = broken.values("agentusage_api_request_failures_total", where: ["reason": "decode"])
    #expect(failures.values.reduce(0, +) >= 1)
  }
}
