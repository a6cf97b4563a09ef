import Foundation
import Simulator
import Usage

/// Answers read back into the vocabulary of ``Truth``. Zeros are left out.
extension Truth {
  init(_ rows: [[String: Any]], _ read: (inout Truth, [String: Any]) -> Void) {
    self.init()
    for row in rows { read(&self, row) }
  }

  mutating func count(_ value: Any?, _ entity: Entity, _ measure: Measure, _ dimension: TokenType? = nil) {
    guard let number = value as? NSNumber else { return }
    let scaled = measure.scale == .micro ? (number.doubleValue * 1_000_000).rounded() : number.doubleValue
    guard scaled != 0 else { return }
    quantities[SeriesKey(entity, measure, dimension?.rawValue ?? ""), default: 0] += Int64(scaled)
  }

  mutating func tokens(_ row: [String: Any], _ entity: Entity) {
    count(row["no_cache_tokens"], entity, .tokens, .input)
    count(row["sum_completion_tokens"], entity, .tokens, .output)
    count(row["sum_cached_prompt_tokens"] ?? row["cached_prompt_tokens"], entity, .tokens, .cachedInput)
    count(row["sum_cache_creation_tokens"] ?? row["cache_creation_tokens"], entity, .tokens, .cacheCreationInput)
  }

  static func agents(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let agent = Entity(.agent, upstream: row["assistant_id"] as? String ?? "")
      truth.count(row["messages"], agent, .messages)
      truth.count(row["conversations"], agent, .conversations)
      truth.tokens(row, agent)
      truth.activeUsers[agent] = (row["active_users"] as? NSNumber)?.int64Value
    }
  }

  static func models(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let provider = row["provider"] as? String ?? ""
      let model = Entity(.model, upstream: row["name"] as? String ?? "", qualifier: provider)
      truth.count(row["requests"], model, .requests)
      truth.count(row["total_cost_usd"], model, .costUSD)
      truth.tokens(row, model)
    }
  }

  static func sources(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { $0.count($1["requests"], Entity(.source, $1["source"] as? String ?? ""), .requests) }
  }

  static func apiKeys(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let key = Entity(.apiKey, upstream: row["api_key_id"] as? String ?? "")
      truth.count(row["requests"], key, .requests)
      truth.count(row["total_cost_usd"], key, .costUSD)
      truth.tokens(row, key)
    }
  }

  static func projects(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { $0.count($1["messages"], Entity(.project, upstream: $1["project_id"] as? String ?? ""), .messages) }
  }

  static func users(_ rows: [[String: Any]]) -> Truth {
    var truth = Truth(rows) { truth, row in
      truth.count(row["messages_total"], Entity(.user, upstream: row["user_id"] as? String ?? ""), .messages)
    }
    if !rows.isEmpty { truth.activeUsers[.workspace] = Int64(rows.count) }
    return truth
  }

  static func phoneAgents(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let agent = (row["agentId"] as? String).map { Entity(.agent, upstream: $0) } ?? .unassigned
      truth.count(row["messages"], agent, .messages)
      truth.count(row["calls"], agent, .calls)
      truth.count(row["totalSeconds"], agent, .callSeconds)
    }
  }

  static func phoneNumbers(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let number = Entity(.phoneNumber, upstream: row["numberId"] as? String ?? "")
      truth.count(row["messages"], number, .messages)
      truth.count(row["calls"], number, .calls)
    }
  }

  static func phoneAccount(_ answer: [String: Any]) -> Truth {
    let stats = answer["stats"] as? [String: Any] ?? [:]
    return Truth([stats]) { truth, row in
      truth.count(row["totalMessages"], .workspace, .messages)
      truth.count(row["totalCalls"], .workspace, .calls)
      truth.count(row["totalWebhookDeliveries"], .workspace, .webhookDeliveries)
      truth.count(row["failedWebhookDeliveries"], .workspace, .webhookDeliveryFailures)
    }
  }

  static func phoneDay(_ row: [String: Any]) -> Truth {
    Truth([row]) { truth, row in
      truth.count(row["messages"], .workspace, .messages)
      truth.count(row["calls"], .workspace, .calls)
      truth.count(row["webhooks"], .workspace, .webhookDeliveries)
    }
  }
}
