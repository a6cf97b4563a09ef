import Foundation
import Upstream
import Usage

/// `GET /workspaces/usage`, and what its refusals mean.
struct TessAPI: Sendable {
  /// The workspace's number, for the header `x-workspace-id`.
  let workspace: String

  static let endpoint = "/workspaces/usage"
  /// The most local days that are asked for at once: Tess allows 90, and one more at either end is asked for beside them.
  static let daysAtOnce = 88

  /// - Throws: ``UpstreamFailure``.
  func page(
    _ window: TessWindow, of days: DaySpan, from api: APIClient
  ) async throws(UpstreamFailure) -> TessPage {
    let query = "?start_date=\(days.first)&end_date=\(days.last)&page=\(window.page)&per_page=\(window.size)"
    let request = APIRequest(
      endpoint: Self.endpoint, path: Self.endpoint + query, headers: [("x-workspace-id", workspace)])
    return try await api.fetch(request) { response throws(UpstreamFailure) in
      guard response.isSuccess else { throw Self.failure(response) }
      return try TessPage(response.body)
    }
  }

  private static func failure(_ response: APIResponse) -> UpstreamFailure {
    let plain = UpstreamFailure.status(response)
    switch response.head.status {
    case 401:
      return plain.saying("Tess refused the key: make a new one under User Menu > API Tokens")
    case 403: return forbidden(response, plain)
    case 422:
      return plain.saying(
        "Tess refused the request as invalid: workspace_id must be the workspace's number", cause: .workspace)
    case 429, 503:
      // Tess tells the pause in the body; of body and header the later one is safe.
      let seconds = (try? JSONAnswer(response.body))?.root["retry_after"]?.scalarText.flatMap(Double.init)
      guard let seconds, seconds >= 0, seconds.isFinite else { return plain }
      let told = RetryAfter.instant(after: seconds, at: response.at)
      var failure = plain
      failure.retryAt = max(told, plain.retryAt ?? told)
      return failure
    default: return plain
    }
  }

  /// Of what Tess says, only words of the framework and of its documentation are the same in every language.
  private static func forbidden(_ response: APIResponse, _ plain: UpstreamFailure) -> UpstreamFailure {
    let root = (try? JSONAnswer(response.body))?.root
    if root?["error"]?.string == "Invalid authentication" {
      return plain.saying("Tess refused the key: make a new one under User Menu > API Tokens", cause: .credential)
    }
    if root?["message"]?.string?.lowercased().contains("ability") == true {
      return plain.saying("the key lacks the ability use_agents: make one that has it under User Menu > API Tokens")
    }
    return plain.saying(
      "the key may not read this workspace: its owner must be a member of the workspace that workspace_id names, and "
        + "the key needs the ability use_agents", cause: .workspace)
  }
}
