import Tabular
import Upstream
import Usage

/// `table=active_users`: distinct users of the workspace over 1, 7 and 28 rolling days that end today.
///
/// On a day without any activity there is no row: nobody was active that day, and of the longer windows nothing is known.
struct DustActiveUsers: UsageCollector {
  let name = "active_users"
  let buckets = BucketRule.asAnswered
  let endpoints = [DustAPI.endpoint("active_users")]
  private let api: DustAPI

  init(_ api: DustAPI) {
    self.api = api
  }

  func requestsPerRefresh(_ demand: Demand) -> Int { 1 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    let windows = try await api.table(
      "active_users", DaySpan(demand.today), in: demand.calendar, from: source.api, Harvest.export(demand.today))
    for (window, reading) in windows.sorted(by: { $0.key < $1.key }) {
      try await deliver(Answer([.activeUsers(window, end: demand.today)], reading))
    }
  }

  struct Harvest: RecordHarvest {
    private static let windows = [("dau", 1), ("wau", 7), ("mau", 28)]

    static func export(_ day: Day) -> DustAPI.Export<Harvest> {
      DustAPI.Export(columns: ["date"] + windows.map(\.0), required: ["date", "dau"]) { _ in Harvest(day) }
    }

    private let day: Day
    private var readings: [ActiveUserWindow: Reading] = [:]
    private var day1 = Reading()

    private init(_ day: Day) {
      self.day = day
      day1.activeUsers[.workspace] = 0
    }

    mutating func take(_ record: borrowing Record) {
      day1.rows += 1
      do throws(RowRefused) {
        try read(record)
      } catch {
        day1.reject(error.reason)
      }
    }

    private mutating func read(_ record: borrowing Record) throws(RowRefused) {
      let date = record.header.index(of: "date").flatMap { record.field($0).timestamp?.day }
      guard let date else { throw RowRefused(.missingID) }
      guard date == day else { throw RowRefused(date > day ? .future : .outsideWindow) }
      var counts: [Int: Int64] = [:]
      for (name, days) in Self.windows {
        guard let column = record.header.index(of: name) else { continue }
        counts[days] = try record.amount(column, .messages)
      }
      for (days, count) in counts {
        guard let window = ActiveUserWindow(days: days) else { continue }
        if days == 1 {
          day1.activeUsers[.workspace] = count
        } else {
          readings[window, default: Reading()].activeUsers[.workspace] = count
        }
      }
    }

    mutating func finish(_ header: Header?) -> [ActiveUserWindow: Reading] {
      if let window = ActiveUserWindow(days: 1) { readings[window] = day1 }
      return readings
    }
  }
}
