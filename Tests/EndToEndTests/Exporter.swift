import Foundation
import Loopback
import Simulator

/// The built exporter as a process of its own, over a simulator in this one.
struct ExporterProcess: Sendable {
  let child: Child
  let url: String

  /// Starts it and waits until it answers.
  ///
  /// - Parameter shell: how bash starts it.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], shell: String = #"exec "$0" "$@""#,
    in scratch: Scratch,
    within limit: Duration = .seconds(60)
  ) async throws -> ExporterProcess {
    let port = try FreePort.find()
    let command = [try Child.exporter()] + arguments + ["--web.listen-address", "127.0.0.1:\(port)"]
    let child = try Child(
      try Child.find("bash"), ["-c", shell] + command, environment: environment,
      in: scratch.path)
    let url = "http://127.0.0.1:\(port)"
    do {
      _ = try await HTTP.poll("the exporter answers", for: limit, every: .milliseconds(10)) {
        let answer = try await HTTP.get(url + "/-/ready", timeout: 2)
        return answer.status == 200 ? true : nil
      }
    } catch {
      throw Child.Missing(description: "\(error): \(child.log)")
    }
    return ExporterProcess(child: child, url: url)
  }

  /// Starts it with a provider that is not there, and nothing to keep.
  static func alone(shell: String = #"exec "$0" "$@""#, in scratch: Scratch) async throws -> ExporterProcess {
    try await start(
      ["serve", "--state.path", ":memory:"],
      environment: ["AGENTPHONE_API_KEY": "k", "AGENTPHONE_BASE_URL": "http://127.0.0.1:9"], shell: shell, in: scratch)
  }

  static func configuration(_ simulator: Simulator, interval: String = "1s", zeroHold: String = "0s") -> String {
    """
    defaults: { zero_hold: \(zeroHold), restate_interval: 1s }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: \(simulator.langdockURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: \(interval) }
          projects: { min_interval: \(interval) }
          models: { min_interval: \(interval) }
          api_keys: { min_interval: \(interval) }
      - name: acme
        provider: agentphone
        api_key: ${AK}
        base_url: \(simulator.agentPhoneURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: \(interval) }
          account: { min_interval: \(interval) }
          daily: { min_interval: \(interval) }
          numbers: { min_interval: \(interval) }
    """
  }

  /// The providers that hand out rows, to be appended to ``configuration(_:interval:zeroHold:)``.
  static func rest(_ simulator: Simulator) -> String {
    """

      - name: acme
        provider: dust
        workspace_id: \(simulator.dustWorkspace)
        api_key: ${DK}
        base_url: \(simulator.dustURL)
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
      - name: acme
        provider: tess
        workspace_id: \(simulator.tessWorkspace)
        api_key: ${TK}
        base_url: \(simulator.tessURL)
        requests_per_minute: 10000
    """
  }

  static func keys(_ simulator: Simulator) -> [String: String] {
    [
      "LK": simulator.langdockKey, "AK": simulator.agentPhoneKey, "DK": simulator.dustKey, "TK": simulator.tessKey,
    ]
  }
}
