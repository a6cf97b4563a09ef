import Foundation
import Simulator
import Usage

extension Simulator {
  /// - Parameter query: without the question mark.
  func tess(
    _ query: String = "", path: String = "/workspaces/usage", key: String? = nil, headers: [String: String] = [:],
    without dropped: Set<String> = []
  ) async throws -> RawClient.Response {
    var all = [
      "Authorization": "Bearer \(key ?? tessKey)", "x-workspace-id": tessWorkspace, "Accept": "application/json",
    ]
    all.merge(headers) { _, given in given }
    return try await RawClient.send(
      "GET", tessURL + path + (query.isEmpty ? "" : "?" + query), headers: all.filter { !dropped.contains($0.key) })
  }

  func tessItems(_ query: String = "", key: String? = nil) async throws -> [[String: Any]] {
    let answer = try await tess(query, key: key)
    guard answer.status == 200 else { throw RawClient.Failure(reason: answer.text) }
    return answer.json["items"] as? [[String: Any]] ?? []
  }

  /// The rows of all pages, read one after the other.
  func tessRows(_ query: String, perPage: Int = 100, key: String? = nil) async throws -> [[String: Any]] {
    var rows: [[String: Any]] = []
    for page in 1... {
      let answer = try await tess("\(query)&page=\(page)&per_page=\(perPage)", key: key)
      guard answer.status == 200, let more = answer.json["has_more"] as? Bool else {
        throw RawClient.Failure(reason: answer.text)
      }
      rows += answer.json["items"] as? [[String: Any]] ?? []
      if !more { break }
    }
    return rows
  }
}

func dates(_ span: DaySpan) -> String { "start_date=\(span.first)&end_date=\(span.last)" }

/// A row's id as it would be in the log, and whether the row is an edit's.
func tessID(_ row: [String: Any]) -> (number: Int64, edited: Bool) {
  if let number = row["id"] as? NSNumber { return (number.int64Value, false) }
  let text = row["id"] as? String ?? ""
  return (Int64(text.replacing("chat-edited-", with: "")) ?? -1, text.hasPrefix("chat-edited-"))
}

func tessIDs(_ rows: [[String: Any]]) -> [Int64] { rows.map { tessID($0).number } }

func texts(_ rows: [[String: Any]], _ name: String) -> [String?] { rows.map { $0[name] as? String } }

extension Truth {
  /// Rows of the list, where an edited row does not count if its original is there, nor as a failure, and what began
  /// within two minutes may still be running.
  static func tess(_ rows: [[String: Any]], at now: Date) -> Truth {
    let limit = now.addingTimeInterval(-120).formatted(.iso8601).replacing("Z", with: ".000000Z")
    let originals = Set(rows.map(tessID).filter { !$0.edited }.map(\.number))
    var truth = Truth()
    var users: [Entity: Set<Int>] = [:]
    for row in rows {
      let (number, edited) = tessID(row)
      if edited && originals.contains(number) { continue }
      let agent = Entity(.agent, upstream: row["slug"] as? String ?? "")
      let tokens = row["tokens"] as? [String: Any]
      var entities = [agent]
      if let model = row["used_model"] as? String { entities.append(Entity(.model, upstream: model)) }
      for entity in entities {
        truth.count(1 as NSNumber, entity, .executions)
        truth.count(row["credits"], entity, .credits)
        truth.count(tokens?["input"], entity, .tokens, .input)
        truth.count(tokens?["output"], entity, .tokens, .output)
      }
      let isOld = (row["created_at"] as? String ?? "") <= limit
      if row["status"] as? String == "failed", isOld, !edited { truth.count(1 as NSNumber, agent, .executionFailures) }
      if let origin = row["execution_origin"] as? String {
        truth.count(1 as NSNumber, Entity(.source, upstream: origin), .executions)
      }
      for entity in [agent, .workspace] { users[entity, default: []].insert(row["user_id"] as? Int ?? 0) }
    }
    truth.activeUsers = users.mapValues { Int64($0.count) }
    return truth
  }
}
