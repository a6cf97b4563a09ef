import Foundation
import Simulator
import Usage

/// A collector under a fault, and a counter of it of which every unit is known.
struct MatrixProbe: Sendable {
  let provider: ProviderKind
  let collector: String
  let path: String
  /// What tells its requests from others at the same path.
  var parameter: String?
  /// Nil for a collector that counts nothing.
  let counter: String?
  let label: String
  /// The two entities that have usage.
  let entities: [String]
  /// What one unit of usage counts.
  var worth = 1.0
  /// Another collector of the same workspace that no fault falls upon; nil where there is no other.
  let companion: String?

  var name: String { "\(provider.rawValue) \(collector)" }

  var service: SimulatedService {
    switch provider {
    case .langdock: .langdock
    case .dust: .dust
    case .tess: .tess
    case .agentphone: .agentPhone
    }
  }

  private static func langdock(
    _ collector: String, _ path: String, _ counter: String, _ label: String, _ letter: String, worth: Double = 1
  ) -> MatrixProbe {
    MatrixProbe(
      provider: .langdock, collector: collector, path: "/export/\(path)/csv", counter: "agentusage_\(counter)_total",
      label: label, entities: ["\(letter)1", "\(letter)2"], worth: worth,
      companion: collector == "projects" ? "agents" : "projects")
  }

  private static func dust(
    _ collector: String, table: String?, path: String = "analytics/export", _ counter: String?, _ label: String,
    _ entities: [String], worth: Double = 1
  ) -> MatrixProbe {
    MatrixProbe(
      provider: .dust, collector: collector, path: "/api/v1/w/\(DustOptions().workspace)/\(path)",
      parameter: table.map { "table=\($0)" }, counter: counter.map { "agentusage_\($0)_total" }, label: label,
      entities: entities, worth: worth, companion: collector == "sources" ? "skills" : "sources")
  }

  private static func phone(
    _ collector: String, _ path: String, _ counter: String?, _ label: String, _ entities: [String], worth: Double = 1
  ) -> MatrixProbe {
    MatrixProbe(
      provider: .agentphone, collector: collector, path: path, counter: counter.map { "agentusage_\($0)_total" },
      label: label, entities: entities, worth: worth, companion: collector == "numbers" ? "agents" : "numbers")
  }

  static let all = [
    langdock("agents", "agents", "agent_messages", "agent_id", "l"),
    langdock("projects", "projects", "project_messages", "project_id", "r"),
    langdock("models", "models", "model_requests", "model", "m", worth: 2),
    langdock("api_keys", "api-keys", "api_key_requests", "api_key_id", "k"),
    langdock("users", "users", "user_messages", "user_id", "user-"),
    dust("usage_metrics", table: "usage_metrics", "workspace_messages", "", []),
    dust("active_users", table: "active_users", nil, "", []),
    dust("agents", table: "agents", "agent_messages", "agent_id", ["d1", "d2"]),
    dust("sources", table: "source", "source_messages", "source", ["api", "web"]),
    dust("skills", table: "skill_usage", "skill_executions", "skill", ["Skill 1", "Skill 2"]),
    dust("tools", table: "tool_usage", "tool_executions", "tool", ["server1", "server2"]),
    dust("feedback", table: "feedback", "agent_feedback", "agent_id", ["d1", "d2"]),
    dust("users", table: "users", "user_messages", "user_id", ["user-1", "user-2"]),
    dust("messages", table: "messages", "agent_messages", "agent_id", ["d1", "d2"]),
    dust(
      "consumption", table: nil, path: "analytics/consumption/export", "agent_credits", "agent_id", ["d1", "d2"],
      worth: 3.5),
    dust("workspace_usage", table: nil, path: "workspace-usage", "agent_messages", "agent_id", ["d1", "d2"]),
    MatrixProbe(
      provider: .tess, collector: "executions", path: "/workspaces/usage", counter: "agentusage_agent_executions_total",
      label: "agent_id", entities: ["t1", "t2"], companion: nil),
    phone("agents", "/v1/usage/by-agent", "agent_messages", "agent_id", ["p1", "p2"]),
    phone("account", "/v1/usage", "workspace_messages", "", []),
    phone("daily", "/v1/usage/daily", nil, "", []),
    phone("numbers", "/v1/usage/by-number", "phone_number_messages", "phone_number_id", ["n1", "n2"]),
  ]

  /// The faulty collector, its companion, and one of another provider; each may be asked every second.
  var configuration: String {
    let stranger: ProviderKind = provider == .agentphone ? .tess : .agentphone
    let names = Self.all.filter { $0.provider == provider }.map(\.collector)
    let collectors = names.map { name in
      "      \(name): { enabled: \(name == collector || name == companion), min_interval: 1s }"
    }
    return """
      defaults: { zero_hold: 0s, periods: [day], active_user_windows: [1d], restate_days: 0, requests_per_minute: 10000 }
      workspaces:
      \(Self.workspace(provider))
          collectors:
      \(collectors.joined(separator: "\n"))
      \(Self.workspace(stranger))
          collectors: { \(stranger == .tess ? "executions" : "account"): { min_interval: 1s } }
      """
  }

  /// The provider and the collector that have nothing to do with the fault.
  var stranger: (ProviderKind, String) { provider == .agentphone ? (.tess, "executions") : (.agentphone, "account") }

  private static func workspace(_ kind: ProviderKind) -> String {
    let (key, address, remote) =
      switch kind {
      case .langdock: ("LK", "$LANGDOCK", "")
      case .dust: ("DK", "$DUST", "\n    workspace_id: \"$DUST_WORKSPACE\"")
      case .tess: ("TK", "$TESS", "\n    workspace_id: \"$TESS_WORKSPACE\"")
      case .agentphone: ("AK", "$AGENTPHONE", "")
      }
    return "  - name: acme\n    provider: \(kind.rawValue)\n    api_key: ${\(key)}\n    base_url: \(address)\(remote)"
  }
}
