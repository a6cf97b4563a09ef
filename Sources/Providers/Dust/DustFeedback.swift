import Tabular
import Upstream
import Usage

/// `table=feedback`: thumbs up and down by agent, counted row by row.
///
/// The format of `createdAt` is not documented, so each window is asked for rather than one log cut into days.
struct DustFeedback: UsageCollector {
  let name = "feedback"
  let buckets = BucketRule.days(history: Dust.history)
  let endpoints = [DustAPI.endpoint("feedback")]
  private let api: DustAPI

  init(_ api: DustAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { demand.windows(reportsUsers: false).count }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    var course = Course(demand)
    for window in demand.windows(reportsUsers: false) {
      try await course.read(window.span) {
        let reading = try await api.table(
          "feedback", window.span, in: demand.calendar, from: source.api, Harvest.export(window.span))
        try await deliver(Answer(window.coverage, reading))
      }
    }
    try course.end()
  }

  struct Harvest: RecordHarvest {
    private static let required = ["feedbackId", "assistantId", "thumb"]
    private static let thumbs = ["up", "down"]

    static func export(_ span: DaySpan) -> DustAPI.Export<Harvest> {
      DustAPI.Export(columns: required + ["createdAt"], required: required) { Harvest(span, guarded: $0) }
    }

    private let span: DaySpan
    private let isGuarded: Bool
    private var seen: Set<String> = []
    private var reading = Reading()

    private init(_ span: DaySpan, guarded: Bool) {
      self.span = span
      isGuarded = guarded
    }

    mutating func take(_ record: borrowing Record) {
      reading.rows += 1
      do throws(RowRefused) {
        try count(record)
      } catch {
        reading.reject(error.reason)
      }
    }

    /// The same row twice counts once.
    private mutating func count(_ record: borrowing Record) throws(RowRefused) {
      func text(_ name: String) throws(RowRefused) -> String {
        guard let column = record.header.index(of: name) else { throw RowRefused(.missingID) }
        return try record.identifier(column, guarded: isGuarded)
      }
      try checkTime(record)
      let thumb = try text("thumb")
      guard Self.thumbs.contains(thumb) else { throw RowRefused(.missingID) }
      let agent = Entity(.agent, upstream: try text("assistantId"))
      guard seen.insert(try text("feedbackId")).inserted else { return }
      // Both thumbs have a series as soon as one has.
      try reading.add(
        row: Self.thumbs.map { (SeriesKey(agent, .feedback, $0), $0 == thumb ? 1 : 0) })
    }

    /// A time that can be read must be near the window; in which zone it is told is not documented.
    private func checkTime(_ record: borrowing Record) throws(RowRefused) {
      guard let column = record.header.index(of: "createdAt"), let day = record.field(column).timestamp?.day else {
        return
      }
      if day > span.last.advanced(by: 1) { throw RowRefused(.future) }
      if day < span.first.advanced(by: -1) { throw RowRefused(.outsideWindow) }
    }

    mutating func finish(_ header: Header?) -> Reading { reading }
  }
}
