import Upstream
import Usage

/// AgentPhone: voice and text agents on phone numbers. API facts: https://agentphone.ai/docs/api-reference/usage
package enum AgentPhone {
  package static let adapter = ProviderAdapter(
    defaults: ProviderDefaults(
      kind: .agentphone, baseURL: "https://api.agentphone.ai", requestsPerMinute: 30,
      collectors: [
        .init("agents", minInterval: 300), .init("account", minInterval: 300), .init("daily", minInterval: 300),
        .init("numbers", minInterval: 300),
      ]),
    gives: ProviderReport(
      [.agent: [.messages, .calls, .callSeconds], .workspace: [.messages, .calls, .webhookDeliveries]],
      totals: [.phoneNumber: [.messages, .calls], .workspace: [.webhookDeliveryFailures]],
      attributes: [.agent: ["agent_name"], .phoneNumber: ["country", "status", "agent_id", "phone_number"]]),
    // "Calls/messages with no agent attached are bucketed as Unassigned"; deleting an agent clears it from its calls.
    movesInto: .unassigned,
    collectors: { options in
      [
        AgentPhoneAgents(), AgentPhoneAccount(), AgentPhoneDaily(),
        AgentPhoneNumbers(exposeNumbers: options.exposePhoneNumbers),
      ]
    })

  /// Asks one address and makes something of the answer, which counts as failed if `read` refuses it.
  ///
  /// - Throws: ``UpstreamFailure`` of the status, `.decode` if the answer is not JSON, or what `read` throws.
  static func get<Product: Sendable>(
    _ path: String, query: String = "", from api: APIClient,
    _ read: (JSONAnswer) throws(UpstreamFailure) -> Product
  ) async throws(UpstreamFailure) -> Product {
    let request = APIRequest(endpoint: path, path: path + query)
    return try await api.fetch(request) { response throws(UpstreamFailure) in
      guard response.isSuccess else { throw UpstreamFailure.status(response) }
      return try read(try JSONAnswer(response.body))
    }
  }

  /// The rows under `data`.
  ///
  /// - Throws: `.schema` if there is no such list.
  static func rows(of answer: JSONAnswer) throws(UpstreamFailure) -> [JSONValue] {
    guard let rows = answer.root["data"]?.array else { throw .schema("the answer has no list \"data\"") }
    return rows
  }

  /// Adds the measures of a row that are there; a field that must be there refuses the answer.
  static func read(
    _ row: JSONValue, _ fields: [(name: String, measure: Measure)], of entity: Entity,
    into amounts: inout [(SeriesKey, Int64)]
  ) throws(RowRefused) {
    for (name, measure) in fields {
      if let amount = try FieldReader.amount(row[name], measure) {
        amounts.append((SeriesKey(entity, measure), amount))
      }
    }
  }

  /// - Throws: `.schema` if the first row lacks one of `names`: the provider has changed its answers.
  static func require(_ names: [String], in rows: [JSONValue]) throws(UpstreamFailure) {
    guard let first = rows.first else { return }
    guard case .object(let members) = first else { throw .schema("a row is not an object") }
    if let missing = names.first(where: { members[$0] == nil }) {
      throw .schema("the field \"\(missing)\" is missing from the answer")
    }
  }
}
