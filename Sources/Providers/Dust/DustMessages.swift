import Upstream
import Usage

/// `table=messages`: the log of messages, counted by agent and by model.
///
/// A month of a large workspace is hundreds of megabytes, so it is read one day at a time.
struct DustMessages: UsageCollector {
  let name = "messages"
  let buckets = BucketRule.singleDays(history: Dust.history)
  let endpoints = [DustAPI.endpoint("messages")]
  private let api: DustAPI

  init(_ api: DustAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.days.count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let calendar = demand.calendar
    var course = Course(demand)
    for day in demand.days.reversed() {
      let span = DaySpan(day)
      let names = DustLogColumns.messages
      let export = DustAPI.Export(columns: names.columns, required: names.required) {
        DustMessageHarvest(names, span, in: calendar, guarded: $0)
      }
      try await course.read(span) {
        let reading = try await api.table("messages", span.inUTC(from: calendar), in: .utc, from: source.api, export)
        try await deliver(demand.answer(for: day, reading))
      }
    }
    try await deliver(demand.sums)
    try course.end()
  }
}
