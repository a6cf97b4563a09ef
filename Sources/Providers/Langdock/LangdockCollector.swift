import Upstream
import Usage

/// Collects one export table: one request for each window that is demanded.
struct LangdockCollector: UsageCollector {
  let table: LangdockTable

  init(_ table: LangdockTable) {
    self.table = table
  }

  var name: String { table.collector }
  var buckets: BucketRule { .days(history: Langdock.history) }
  var endpoints: [String] { [LangdockExport.endpoint(table), LangdockExport.downloadEndpoint] }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.windows(reportsUsers: table.reportsUsers).count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let export = LangdockExport(table: table, api: source.api)
    var course = Course(demand)
    for window in demand.windows(reportsUsers: table.reportsUsers) {
      try await course.read(window.span) {
        let (reading, isWhole) = try await export.read(LangdockWindow(window.span, in: demand.calendar))
        // Distinct users of two halves do not add up to those of the whole.
        let coverage = isWhole ? window.coverage : window.coverage.filter { !$0.isActiveUsers }
        try await deliver(Answer(coverage, reading))
      }
    }
    try course.end()
  }
}

extension Coverage {
  fileprivate var isActiveUsers: Bool {
    if case .activeUsers = self { true } else { false }
  }
}
