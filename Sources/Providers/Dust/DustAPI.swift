import Foundation
import Tabular
import Upstream
import Usage

/// Requests to one workspace of Dust, and what its refusals mean.
struct DustAPI: Sendable {
  /// The workspace's id in paths.
  let workspace: String

  /// What is read from an export, and as what.
  struct Export<Harvest: RecordHarvest>: Sendable {
    let columns: [String]
    let required: [String]
    /// - Parameter guarded: whether texts may begin with the apostrophe of a formula guard, as they do in CSV.
    let harvest: @Sendable (_ guarded: Bool) -> Harvest
  }

  static func endpoint(_ table: String) -> String { "/analytics/export/\(table)" }

  /// `GET /api/v1/w/{wId}/analytics/export`: a table over whole days of the calendar.
  ///
  /// - Throws: ``UpstreamFailure``.
  func table<Harvest: RecordHarvest>(
    _ table: String, _ span: DaySpan, in calendar: LocalCalendar, from api: APIClient, _ export: Export<Harvest>
  ) async throws(UpstreamFailure) -> Harvest.Product {
    let query =
      "?table=\(table)&startDate=\(span.first)&endDate=\(span.last)&timezone=\(Self.encoded(calendar.name))&format=json"
    let request = APIRequest(
      endpoint: Self.endpoint(table), path: path("analytics/export") + query, accept: "application/json, text/csv")
    guard let product = try await send(request, .array, from: api, export) else {
      throw UpstreamFailure(.server, "Dust has switched this export off for the workspace", status: 403)
    }
    return product
  }

  /// Sends a request for rows, in whichever format they come.
  ///
  /// - Parameters:
  ///   - shape: of an answer in JSON; nil if the endpoint knows CSV only.
  ///   - mayBeGone: whether newer deployments lack the endpoint.
  /// - Returns: nil if the workspace or the deployment lacks the feature.
  func send<Harvest: RecordHarvest>(
    _ request: APIRequest, _ shape: JSONReader.Shape?, mayBeGone: Bool = false, from api: APIClient,
    _ export: Export<Harvest>
  ) async throws(UpstreamFailure) -> Harvest.Product? {
    return try await api.stream(request) { head in
      // Deployments of before April 2026 know no format but CSV, and do not say that they were asked for another.
      let isCSV = head.first("content-type")?.lowercased().hasPrefix("text/csv") ?? false
      if let shape, !isCSV {
        let reader = JSONReader(shape, columns: export.columns, required: export.required)
        return TableSink(reader, export.harvest(false))
      }
      // The exports that know both formats end their last line too.
      return TableSink(CSVReader(required: export.required), export.harvest(true), endsLines: shape != nil)
    } refused: { response throws(UpstreamFailure) in
      let refusal = DustRefusal(response)
      if refusal.lacksFeature || mayBeGone && refusal.isUnknownPath { return }
      throw refusal.failure
    }
  }

  func path(_ rest: String) -> String { "/api/v1/w/\(Self.encoded(workspace))/\(rest)" }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-_.~"))) ?? ""
  }
}

/// An answer of Dust that is no success.
struct DustRefusal: Sendable {
  private let response: APIResponse
  private let type: String
  private let text: String

  init(_ response: APIResponse) {
    self.response = response
    // A proxy in front of Dust may answer with a page instead of the envelope.
    let error = (try? JSONAnswer(response.body))?.root["error"]
    type = error?["type"]?.string ?? ""
    text = error?["message"]?.string ?? ""
  }

  var status: Int { response.head.status }
  /// Whether it is the endpoint that is missing, and not the workspace.
  var isUnknownPath: Bool { status == 404 && type != "workspace_not_found" }

  /// Whether Dust has not switched on for this workspace what was asked for: no fault of anybody.
  var lacksFeature: Bool {
    status == 403 && (type == "feature_flag_not_found" || text.contains("does not have access to the usage data API"))
  }

  var failure: UpstreamFailure {
    let plain = UpstreamFailure.status(response)
    switch (status, type) {
    case (401, "workspace_auth_error"):
      return plain.saying("the key is of another workspace than workspace_id names", cause: .workspace)
    case (401, _):
      return plain.saying("Dust refused the key: make a new one under Admin > Developers > API keys, with scope Admin")
    case (403, "workspace_can_use_product_required_error"):
      return plain.saying("the plan of the workspace does not allow its use by API", cause: .plan)
    case (403, _):
      return plain.saying("the key may not read analytics: it must be a workspace API key with scope Admin")
    case (404, _) where text.contains("[relocation-done]"):
      return plain.saying(
        "the workspace has moved to Dust's other region: set base_url to \(Self.regions)", cause: .region)
    case (404, "workspace_not_found"):
      return plain.saying(
        "Dust knows no such workspace here: check workspace_id and the region, base_url: \(Self.regions)",
        cause: .workspace)
    case (404, _):
      return plain.saying(
        "this is no address of Dust's, or the deployment is too old to know the table: check base_url")
    case (400, _):
      return plain.saying("Dust refused the request as invalid: this deployment may be too old to know the table")
    default: return plain
    }
  }

  private static let regions = "https://dust.tt (United States) or https://eu.dust.tt (Europe)"
}
