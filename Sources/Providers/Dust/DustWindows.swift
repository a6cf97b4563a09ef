import Upstream
import Usage

/// A table with one row for each entity, summed over the window asked for: one request for each window that is demanded.
struct DustWindows: UsageCollector {
  private let api: DustAPI
  private let table: DustTable

  init(_ api: DustAPI, _ table: DustTable) {
    self.api = api
    self.table = table
  }

  var name: String { table.collector }
  var buckets: BucketRule { .days(history: Dust.history) }
  var endpoints: [String] { [DustAPI.endpoint(table.name)] }

  private var reportsUsers: Bool { !table.plan.users.isEmpty }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.windows(reportsUsers: reportsUsers).count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    var course = Course(demand)
    for window in demand.windows(reportsUsers: reportsUsers) {
      try await course.read(window.span) {
        let reading = try await api.table(
          table.name, window.span, in: demand.calendar, from: source.api, table.export)
        try await deliver(Answer(window.coverage, reading))
      }
    }
    try course.end()
  }
}
