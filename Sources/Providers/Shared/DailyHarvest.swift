import Tabular
import Upstream
import Usage

/// The days of a table that has a column `date`, each a reading of its own.
struct DailyHarvest: RecordHarvest {
  private let plan: TablePlan
  private let span: DaySpan
  private let isGuarded: Bool
  private var columns: TableColumns?
  private var date: Int?
  private var days: [Day: Reading] = [:]

  init(_ plan: TablePlan, _ span: DaySpan, guarded: Bool) {
    self.plan = plan
    self.span = span
    isGuarded = guarded
    for day in span.days { days[day] = Reading() }
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    if columns == nil {
      columns = try TableColumns(plan, record.header, guarded: isGuarded)
      date = try record.header.column("date")
    }
    switch day(of: record) {
    case .success(let day): columns?.read(record, into: &days[day, default: Reading()])
    case .failure(let refused):
      // Rows that belong to no day are told of with the newest one.
      days[span.last, default: Reading()].rows += 1
      days[span.last, default: Reading()].reject(refused.reason)
    }
  }

  private func day(of record: borrowing Record) -> Result<Day, RowRefused> {
    guard let day = date.flatMap({ record.field($0).timestamp?.day }) else {
      return .failure(RowRefused(.missingID))
    }
    if span.contains(day) { return .success(day) }
    return .failure(RowRefused(day > span.last ? .future : .outsideWindow))
  }

  mutating func finish(_ header: Header?) -> DailyReadings {
    let unreported = columns?.unreported ?? []
    for day in days.keys {
      days[day]?.unreported = unreported
      if plan.id == nil { fill(day, but: unreported) }
    }
    return DailyReadings(days: days, reportsUsers: !plan.users.isEmpty)
  }

  /// A table of the workspace as a whole leaves out days without usage: they are 0.
  private mutating func fill(_ day: Day, but unreported: Set<Measure>) {
    guard days[day]?.quantities.isEmpty ?? true, days[day]?.rejected.isEmpty ?? true else { return }
    for amount in plan.amounts where !unreported.contains(amount.measure) {
      days[day]?.quantities[SeriesKey(.workspace, amount.measure)] = 0
    }
    if !plan.users.isEmpty { days[day]?.activeUsers[.workspace] = 0 }
  }
}

/// What a table said of each day of a span.
struct DailyReadings: Sendable {
  let days: [Day: Reading]
  let reportsUsers: Bool

  /// The days that are demanded, and the periods as their sums.
  ///
  /// - Throws: `.schema` if a sum is larger than a sample can hold.
  func answers(to demand: Demand) throws(UpstreamFailure) -> [Answer] {
    var answers = demand.days.map { day in
      var coverage = demand.coverage(of: day)
      if reportsUsers, day == demand.today, let window = ActiveUserWindow(days: 1) {
        coverage.append(.activeUsers(window, end: day))
      }
      return Answer(coverage, days[day] ?? Reading())
    }
    for period in demand.periods where !answers.contains(where: { $0.covers(period, demand.today) }) {
      let sum = try sum(period, demand.today)
      answers.append(Answer([.period(PeriodWindow(period, today: demand.today))], sum))
    }
    return answers
  }

  /// Distinct counts do not add up, so there are none but of days: not even of a week that has only begun.
  private func sum(_ period: CalendarPeriod, _ today: Day) throws(UpstreamFailure) -> Reading {
    var sum = Reading()
    let isDay = period == .day || period == .previousDay
    for day in period.soFar(today).days {
      for (key, amount) in days[day]?.quantities ?? [:] where isDay || key.measure.isAdditive {
        do {
          try sum.add(amount, to: key)
        } catch {
          throw .tooLargeTotal
        }
      }
    }
    return sum
  }
}

extension Answer {
  fileprivate func covers(_ period: CalendarPeriod, _ today: Day) -> Bool {
    coverage.contains(.period(PeriodWindow(period, today: today)))
  }
}
