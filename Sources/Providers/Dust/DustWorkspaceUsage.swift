import Tabular
import Upstream
import Usage

/// `GET …/workspace-usage`, which Dust's own servers no longer have: messages and users by agent, from the message log.
///
/// Its table of agents has no ids, so the log is counted instead; it knows successful messages only.
struct DustWorkspaceUsage: UsageCollector {
  let name = "workspace_usage"
  let buckets = BucketRule.days(history: Dust.history)
  let endpoints = [endpoint]
  private let api: DustAPI

  private static let endpoint = "/workspace-usage"

  init(_ api: DustAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.windows(reportsUsers: true).count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    var course = Course(demand)
    for window in demand.windows(reportsUsers: true) {
      let calendar = demand.calendar
      let days = window.span.inUTC(from: calendar)
      let query = "?mode=range&start=\(days.first)&end=\(days.last)&table=assistant_messages&format=csv"
      let request = APIRequest(
        endpoint: Self.endpoint, path: api.path("workspace-usage") + query, accept: "text/csv")
      // No formula guard is known of this endpoint.
      let export = DustAPI.Export(columns: DustLogColumns.deprecated.columns, required: []) { _ in
        DustMessageHarvest(.deprecated, window.span, in: calendar, guarded: false)
      }
      try await course.read(window.span) {
        guard let reading = try await api.send(request, nil, mayBeGone: true, from: source.api, export) else {
          throw NotEnabled(
            "this deployment of Dust has no workspace-usage, or not for this workspace: use the collector agents instead"
          )
        }
        try await deliver(Answer(window.coverage, reading))
      }
    }
    try course.end()
  }
}
