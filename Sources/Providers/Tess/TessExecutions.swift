import Upstream
import Usage

/// Every execution of the workspace, counted once.
///
/// The listing is read from its newest row down to those that are known. What is known is in the journal, from which the
/// days and the distinct users are counted.
struct TessExecutions: UsageCollector {
  let name = "executions"
  let buckets = BucketRule.log(history: Tess.history)
  let endpoints = [TessAPI.endpoint]
  private let api: TessAPI

  init(_ api: TessAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    var run = TessRun(api, source, demand)
    let isFirst = try await source.journal.completeSince() == nil
    if !isFirst { try await run.readHead(deliver) }
    for span in demand.runsInFull(isFirst: isFirst) { try await run.readWhole(span, deliver) }
    try await run.tellSums(deliver)
  }
}

extension Demand {
  /// The days to be read whole as runs of consecutive days, the newest run first.
  ///
  /// - Parameter isFirst: whether nothing is known yet, so that every day is read whole, and today too.
  fileprivate func runsInFull(isFirst: Bool) -> [DaySpan] {
    var spans: [DaySpan] = []
    for day in days.reversed() where isFirst || inFull.contains(day) {
      if let newer = spans.last, newer.first == day.advanced(by: 1) {
        spans[spans.count - 1] = DaySpan(day, through: newer.last)
      } else {
        spans.append(DaySpan(day))
      }
    }
    return spans.flatMap { $0.runs(of: TessAPI.daysAtOnce) }
  }
}

extension DaySpan {
  /// The span in parts of at most `length` days, the newest first.
  func runs(of length: Int) -> [DaySpan] {
    stride(from: last.ordinal, through: first.ordinal, by: -length).map { end in
      DaySpan(max(first, Day(ordinal: end - length + 1)), through: Day(ordinal: end))
    }
  }
}
