import Upstream
import Usage

/// `GET /v1/usage`: the workspace's lifetime totals, and how many phone numbers it has.
///
/// Three shapes of this answer are known; `numbers` is in all of them, every statistic is optional.
struct AgentPhoneAccount: UsageCollector {
  let name = "account"
  let buckets = BucketRule.asAnswered
  let endpoints = [path]

  private static let path = "/v1/usage"
  private static let fields: [(name: String, measure: Measure)] = [
    ("totalMessages", .messages), ("totalCalls", .calls), ("totalWebhookDeliveries", .webhookDeliveries),
    ("failedWebhookDeliveries", .webhookDeliveryFailures),
  ]

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let reading = try await AgentPhone.get(Self.path, from: source.api) { answer throws(UpstreamFailure) -> Reading in
      try Self.reading(of: answer.root)
    }
    try await deliver(Answer([.bucket(.lifetime)], reading))
  }

  private static func reading(of root: JSONValue) throws(UpstreamFailure) -> Reading {
    guard let numbers = root["numbers"] else { throw .schema("the field \"numbers\" is missing from the answer") }
    guard let stats = root["stats"] else { throw .schema("the field \"stats\" is missing from the answer") }
    var reading = Reading()
    reading.unreported = Set(fields.filter { stats[$0.name] == nil }.map(\.measure))
    reading.row { amounts throws(RowRefused) in
      try AgentPhone.read(stats, fields, of: .workspace, into: &amounts)
    }
    // One row is all there is: if it is refused, the answer is.
    guard reading.rejected.isEmpty else { throw .schema("a total in the answer is not a count") }
    for (name, state) in [("used", WorkspaceState.phoneNumbersUsed), ("limit", .phoneNumbersLimit)] {
      reading.states[state] = (try? FieldReader.amount(numbers[name], .messages)) ?? nil
    }
    return reading
  }
}
