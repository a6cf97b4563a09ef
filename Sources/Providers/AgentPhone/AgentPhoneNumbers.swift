import Upstream
import Usage

/// `GET /v1/usage/by-number`: usage of each phone number.
///
/// Over what time is not documented. It is taken for all time: if that is wrong, a total that falls does no harm.
struct AgentPhoneNumbers: UsageCollector {
  let name = "numbers"
  let buckets = BucketRule.asAnswered
  let endpoints = [path]
  /// Whether the number itself may be published: it is personal data.
  let exposeNumbers: Bool

  private static let path = "/v1/usage/by-number"
  private static let fields: [(name: String, measure: Measure)] = [("messages", .messages), ("calls", .calls)]

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let reading = try await AgentPhone.get(Self.path, from: source.api) { answer throws(UpstreamFailure) -> Reading in
      try self.reading(of: answer)
    }
    try await deliver(Answer([.bucket(.lifetime)], reading))
  }

  private func reading(of answer: JSONAnswer) throws(UpstreamFailure) -> Reading {
    let rows = try AgentPhone.rows(of: answer)
    try AgentPhone.require(["numberId", "messages", "calls"], in: rows)
    var reading = Reading()
    for row in rows {
      var entity: Entity?
      reading.row { amounts throws(RowRefused) in
        let number = Entity(.phoneNumber, upstream: try FieldReader.id(row["numberId"], isRepaired: answer.isRepaired))
        try AgentPhone.read(row, Self.fields, of: number, into: &amounts)
        entity = number
      }
      if let entity { reading.attributes[entity] = attributes(of: row) }
    }
    return reading
  }

  private func attributes(of row: JSONValue) -> [Reading.Attribute] {
    var attributes = ["country", "status"].compactMap { field in
      row[field]?.string.map { Reading.Attribute(field, $0) }
    }
    let agent = row["agentId"]?.scalarText.map { Entity(.agent, upstream: $0) } ?? .unassigned
    attributes.append(.init("agent_id", agent.id))
    if exposeNumbers, let number = row["phoneNumber"]?.string { attributes.append(.init("phone_number", number)) }
    return attributes
  }
}
