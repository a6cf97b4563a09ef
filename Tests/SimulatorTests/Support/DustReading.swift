import Foundation
import Simulator
import Usage

/// Dust's answers read back into the vocabulary of ``Truth``. Zeros are left out.
extension Truth {
  static func dustAgents(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let agent = Entity(.agent, upstream: row["agentId"] as? String ?? "")
      truth.count(row["messages"], agent, .messages)
      truth.count(row["distinctConversations"], agent, .conversations)
      truth.count(row["credits"], agent, .credits)
      truth.users(row["distinctUsersReached"], agent)
    }
  }

  static func dustUsers(_ rows: [[String: Any]]) -> Truth {
    // Who came back has two rows of the same usage.
    var seen: Set<String> = []
    return Truth(rows.filter { seen.insert($0["userId"] as? String ?? "").inserted }) { truth, row in
      let user = Entity(.user, upstream: row["userId"] as? String ?? "")
      truth.count(row["messageCount"], user, .messages)
      truth.count(row["credits"], user, .credits)
    }
  }

  static func dustWorkspace(_ row: [String: Any]?) -> Truth {
    Truth(row.map { [$0] } ?? []) { truth, row in
      truth.count(row["messages"], .workspace, .messages)
      truth.count(row["conversations"], .workspace, .conversations)
      truth.users(row["activeUsers"], .workspace)
    }
  }

  /// The tables of one name and one count in a row.
  static func dustUses(_ rows: [[String: Any]], _ scope: Scope, _ name: String, _ count: String) -> Truth {
    Truth(rows) { truth, row in
      let measure = scope == .source ? Measure.messages : .executions
      truth.count(row[count], Entity(scope, upstream: row[name] as? String ?? ""), measure)
    }
  }

  static func dustFeedback(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let agent = Entity(.agent, upstream: row["assistantId"] as? String ?? "")
      truth.quantities[SeriesKey(agent, .feedback, row["thumb"] as? String ?? ""), default: 0] += 1
    }
  }

  static func dustMessages(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      let agent = Entity(.agent, upstream: row["assistantId"] as? String ?? "")
      truth.quantities[SeriesKey(agent, .messages), default: 0] += 1
      guard let model = row["modelId"] as? String, !model.isEmpty else { return }
      let entity = Entity(.model, upstream: model, qualifier: row["modelProviderId"] as? String ?? "")
      truth.quantities[SeriesKey(entity, .messages), default: 0] += 1
    }
  }

  /// From the objects of ndjson, or from CSV, where all is text.
  static func dustConsumption(_ rows: [[String: Any]]) -> Truth {
    Truth(rows) { truth, row in
      func text(_ name: String) -> String { row[name] as? String ?? "" }
      let number = (row["totalCredits"] as? NSNumber)?.doubleValue ?? Double(text("totalCredits"))
      let credits = NSNumber(value: number ?? 0)
      truth.count(credits, Entity(.agent, upstream: text("agentId")), .credits)
      let model = Entity(.model, upstream: text("modelId"), qualifier: text("modelProviderId"))
      if !model.id.isEmpty { truth.count(credits, model, .credits) }
      let tool = Entity(.tool, upstream: text("toolServerName"))
      if !tool.id.isEmpty { truth.count(credits, tool, .credits) }
    }
  }

  static func dustAssistantMessages(_ rows: [[String: Any]]) -> Truth {
    var users: [Entity: Set<String>] = [:]
    var truth = Truth(rows) { truth, row in
      let agent = Entity(.agent, upstream: row["assistant_id"] as? String ?? "")
      truth.quantities[SeriesKey(agent, .messages), default: 0] += 1
      if let user = row["user_id"] as? String, !user.isEmpty { users[agent, default: []].insert(user) }
    }
    truth.activeUsers = users.mapValues { Int64($0.count) }
    return truth
  }

  private mutating func users(_ value: Any?, _ entity: Entity) {
    let count = (value as? NSNumber)?.int64Value ?? 0
    if count > 0 { activeUsers[entity] = count }
  }
}
