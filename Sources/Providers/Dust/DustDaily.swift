import Tabular
import Upstream
import Usage

/// A table with one row for each entity and day: one request brings every day and every period.
struct DustDaily: UsageCollector {
  private let api: DustAPI
  private let table: DustTable

  init(_ api: DustAPI, _ table: DustTable) {
    self.api = api
    self.table = table
  }

  var name: String { table.collector }
  var buckets: BucketRule { .days(history: Dust.history) }
  var endpoints: [String] { [DustAPI.endpoint(table.name)] }

  let asksForEachDay = false

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let plan = table.plan
    let span = demand.wholeSpan
    let export = DustAPI.Export(columns: plan.columns, required: plan.required) {
      DailyHarvest(plan, span, guarded: $0)
    }
    let days = try await api.table(table.name, span, in: demand.calendar, from: source.api, export)
    for answer in try days.answers(to: demand) { try await deliver(answer) }
  }
}

extension Demand {
  /// From the first day that is wanted for anything to the last one.
  fileprivate var wholeSpan: DaySpan {
    let starts = days + periods.map { $0.soFar(today).first }
    return DaySpan(starts.min() ?? today, through: periods.isEmpty ? days.max() ?? today : today)
  }
}
