import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// `doctor` as a user meets it.
@Suite struct DoctorTests {
  private struct Result {
    let status: Int32
    let output: String
    let errors: String

    var object: [String: Any] {
      get throws {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      }
    }

    /// Verdicts by workspace and collector.
    var verdicts: [String: String] {
      get throws {
        var verdicts: [String: String] = [:]
        for workspace in try object["workspaces"] as? [[String: Any]] ?? [] {
          for collector in workspace["collectors"] as? [[String: Any]] ?? [] {
            verdicts["\(workspace["provider"] ?? "")/\(collector["collector"] ?? "")"] = "\(collector["verdict"] ?? "")"
          }
        }
        return verdicts
      }
    }
  }

  /// Standard output and standard error apart.
  private func run(
    _ arguments: [String], environment: [String: String] = [:], in scratch: Scratch
  ) async throws -> Result {
    let name = UUID().uuidString
    let child = try Child(
      "/bin/sh",
      ["-c", #"out=$1; shift; exec "$@" >"$out.out" 2>"$out.err""#, "sh", name, try Child.exporter(), "doctor"]
        + arguments, environment: environment, in: scratch.path)
    let status = await child.wait()
    func text(_ suffix: String) throws -> String {
      try String(contentsOfFile: "\(scratch.path)/\(name).\(suffix)", encoding: .utf8)
    }
    return Result(status: status, output: try text("out"), errors: try text("err"))
  }

  private func withSimulator(_ body: @Sendable (Simulator, Scratch) async throws -> Void) async throws {
    let scratch = try Scratch()
    let now = Date()
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    company.addMessages(3, agent: "l1", at: now)
    company.addTexts(3, agent: "p1", at: now)
    for user in ["usr-1", "usr-2"] { company.addExecutions(2, agent: "t1", at: now, .init { $0.user = user }) }
    company.addDustMessages(3, agent: "d1", at: now)
    try await Simulator(company: company, clock: SystemClock()).withRunning { try await body($0, scratch) }
  }

  private static func files(in folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    return files
  }

  private func write(_ simulator: Simulator, in scratch: Scratch) throws -> String {
    try scratch.write(
      "config.yml", ExporterProcess.configuration(simulator) + ExporterProcess.rest(simulator))
  }

  @Test("is content where all is well, beside a running exporter, and leaves its pauses alone")
  func besideServe() async throws {
    try await withSimulator { simulator, scratch in
      let file = try write(simulator, in: scratch)
      let keys = ExporterProcess.keys(simulator)
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", scratch.path + "/state"], environment: keys, in: scratch)
      let table = try await run(["--config.file", file], environment: keys, in: scratch)
      #expect(table.status == 0, "\(table.output)")
      for word in ["langdock/acme", "agentphone/acme", "dust/acme", "tess/acme", "COLLECTOR", "requests a day"] {
        #expect(table.output.contains(word), "\(word)")
      }
      #expect(!table.output.contains("\u{1B}") && table.errors.isEmpty)
      let json = try await run(["--config.file", file, "--json"], environment: keys, in: scratch)
      #expect(json.status == 0)
      #expect(try json.object["healthy"] as? Bool == true)
      let verdicts = try json.verdicts
      #expect(verdicts.values.allSatisfy { $0 == "ok" } && verdicts.count == 16, "\(verdicts)")
      exporter.child.signal(SIGTERM)
      #expect(await exporter.child.wait() == 0)
      // Nothing that it learns is written anywhere, least of all that a key was refused.
      let before = try Self.files(in: scratch.path + "/state")
      let bad = try await run(["--config.file", file], environment: keys.merging(["LK": "wrong"]) { $1 }, in: scratch)
      #expect(bad.status == 1)
      #expect(try Self.files(in: scratch.path + "/state") == before && !before.isEmpty)
      let again = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", scratch.path + "/state"], environment: keys, in: scratch)
      let scrape = try await HTTP.poll("collected") {
        let scrape = try await HTTP.scrape(again.url + "/metrics")
        let values = scrape.values("agentusage_collector_success").values
        return values.count == 16 && values.allSatisfy { $0 == 1 } ? scrape : nil
      }
      #expect(scrape.values("agentusage_provider_auth_failed").values.allSatisfy { $0 == 0 })
    }
  }

  @Test("says what is wrong without ever saying a key")
  func keys() async throws {
    try await withSimulator { simulator, scratch in
      let environment = [
        "LANGDOCK_API_KEY": "sk-ld-canary-1234", "LANGDOCK_BASE_URL": simulator.langdockURL,
        "DUST_API_KEY": simulator.dustKey, "DUST_WORKSPACE_ID": "canary-workspace", "DUST_BASE_URL": simulator.dustURL,
        "TESS_API_KEY": "9|tess-without-ability", "TESS_WORKSPACE_ID": simulator.tessWorkspace,
        "TESS_BASE_URL": simulator.tessURL, "AGENTPHONE_API_KEY": "canary-5678",
        "AGENTPHONE_BASE_URL": "http://no-such-host.invalid",
      ]
      let json = try await run(["--json"], environment: environment, in: scratch)
      #expect(json.status == 1)
      let verdicts = try json.verdicts
      #expect(verdicts["langdock/agents"] == "wrong_key")
      #expect(verdicts["dust/usage_metrics"] == "wrong_workspace")
      #expect(verdicts["tess/executions"] == "missing_scope")
      // On a machine without a network the other.
      #expect(["dns_failure", "unreachable"].contains(verdicts["agentphone/agents"]))
      let table = try await run([], environment: environment, in: scratch)
      #expect(
        table.status == 1 && table.output.contains("LANGDOCK_API_KEY")
          && table.output.contains("DUST_BASE_URL") == false)
      for text in [json.output, json.errors, table.output, table.errors] {
        for secret in ["canary", "1234", "5678", "without-ability", simulator.dustKey, "no-such-host"] {
          #expect(!text.contains(secret), "\(secret)")
        }
      }
    }
  }

  @Test("says in time that a provider hangs")
  func hang() async throws {
    try await withSimulator { simulator, scratch in
      simulator.faults.inject(.hang, at: .agentPhone)
      let environment = ["AGENTPHONE_API_KEY": simulator.agentPhoneKey, "AGENTPHONE_BASE_URL": simulator.agentPhoneURL]
      let json = try await run(["--json", "--timeout", "2s"], environment: environment, in: scratch)
      #expect(json.status == 1)
      #expect(try json.verdicts["agentphone/agents"] == "timeout")
      simulator.faults.release()
    }
  }

  @Test("has its exit codes")
  func exitCodes() async throws {
    let scratch = try Scratch()
    let nothing = try await run([], in: scratch)
    #expect(nothing.status == 2 && nothing.output.isEmpty && nothing.errors.contains("LANGDOCK_API_KEY"))
    let file = try scratch.write("bad.yml", "workspaces:\n  - name: acme\n    provider: langdok\n")
    let bad = try await run(["--config.file", file, "--json"], in: scratch)
    #expect(bad.status == 2 && bad.output.isEmpty && bad.errors.contains("\(file):3:"))
    let usage = try await run(["--timeout", "fast"], environment: ["LANGDOCK_API_KEY": "k"], in: scratch)
    #expect(usage.status == 64 && usage.errors.contains("--timeout"))
  }
}
