import Foundation
import Usage

/// The bodies of AgentPhone's answers at one moment.
struct AgentPhoneReport {
  let book: PhoneBook
  let options: AgentPhoneOptions
  let now: Date
  let faults: [Fault]

  private var moment: Int64 { Millis.of(now) }
  private var today: Day { LocalCalendar.utc.day(at: now) }
  private var beginning: Int64 { Int64(book.company.phoneEvents.firstDay.ordinal) * Millis.day }

  /// Writes a table's rows, spoiled as asked, as `{"data": […], …}`.
  private func list(_ table: Table, _ more: [Cell.Field]) -> WireAnswer {
    var table = table
    table.apply(faults, today: today)
    let body = Cell.object([Cell.Field("data", .list(table.objects))] + more)
    return WireAnswer(200, "application/json", table.json(body))
  }

  private func days(_ span: DaySpan) -> PhoneTotals {
    let from = Int64(span.first.ordinal) * Millis.day
    return book.total(from: from, to: Int64(span.last.ordinal + 1) * Millis.day, now: moment)
  }

  // MARK: By time

  private func row(_ label: String, _ totals: PhoneTotals) -> [Cell] {
    let third = options.voiceMinutes ? (totals.seconds + 59) / 60 : totals.delivered + totals.failedDeliveries
    return [.text(label), .integer(totals.messages), .integer(totals.calls), .integer(third)]
  }

  private func columns(_ label: String) -> [Table.Column] {
    [
      Table.Column(label, .date), Table.Column("messages", .count), Table.Column("calls", .count),
      Table.Column(options.voiceMinutes ? "voiceMinutes" : "webhooks", .count),
    ]
  }

  /// UTC days up to and including today, also those without usage.
  func daily(_ count: Int) -> WireAnswer {
    let rows = DaySpan(endingOn: today, count: count).days.map { row($0.description, days(DaySpan($0))) }
    return list(Table(columns("date"), rows), [Cell.Field("days", .integer(Int64(count)))])
  }

  func monthly(_ count: Int) -> WireAnswer {
    var rows: [[Cell]] = []
    var first = today.firstOfMonth
    for _ in 0..<count {
      let span = DaySpan(first, through: first.firstOfNextMonth.advanced(by: -1))
      rows.insert(row(String(first.description.prefix(7)), days(span)), at: 0)
      first = first.advanced(by: -1).firstOfMonth
    }
    return list(Table(columns("month"), rows), [Cell.Field("months", .integer(Int64(count)))])
  }

  // MARK: By number and agent

  /// All numbers of the account, with their counts of all time.
  func byNumber() -> WireAnswer {
    let directory = book.company.directory
    var totals: [Int: PhoneTotals] = [:]
    for (line, part) in book.totals(from: beginning, to: .max, now: moment) {
      if let number = line.number { totals[number, default: PhoneTotals()].add(part) }
    }
    let columns = [
      Table.Column("numberId", .id), Table.Column("phoneNumber"), Table.Column("country"), Table.Column("status"),
      Table.Column("messages", .count), Table.Column("calls", .count), Table.Column("agentId"),
      Table.Column("agentName", .name),
    ]
    let rows = directory.numbers.enumerated().map { index, number -> [Cell] in
      let counts = totals[index] ?? PhoneTotals()
      let agent = number.agent.map { directory.agents[$0] }
      return [
        .text(number.id), .text(number.number), .text(number.country), .text(number.status),
        .integer(counts.messages), .integer(counts.calls), .text(orNull: agent?.id), .text(orNull: agent?.name),
      ]
    }
    return list(Table(columns, rows), [])
  }

  /// The calendar period that holds now. Calls are the completed ones.
  func byAgent(_ period: CalendarPeriod, in calendar: LocalCalendar) -> WireAnswer {
    let directory = book.company.directory
    var span = period.whole(calendar.day(at: now))
    if period == .week, options.weekStartsOnSunday {
      let today = calendar.day(at: now)
      let sunday = today.advanced(by: -(today.weekday % 7))
      span = DaySpan(sunday, through: sunday.advanced(by: 6))
    }
    let start = calendar.start(of: span.first)
    let end = calendar.start(of: span.last.advanced(by: 1))
    var totals: [Int?: PhoneTotals] = [:]
    if options.listsIdleAgents {
      for (index, agent) in directory.agents.enumerated()
      where agent.provider == .agentphone && agent.since <= span.last && agent.deleted ?? .max > moment {
        totals[index] = PhoneTotals()
      }
    }
    for (line, part) in book.totals(from: Millis.of(start), to: Millis.of(end), now: moment) {
      totals[line.agent, default: PhoneTotals()].add(part)
    }
    let columns = [
      Table.Column("agentId", .id), Table.Column("agentName", .name), Table.Column("messages", .count),
      Table.Column("calls", .count), Table.Column("totalSeconds", .count), Table.Column("isOrphan"),
    ]
    // Agents in their order, those without one at the end.
    let rows = totals.sorted { ($0.key ?? .max) < ($1.key ?? .max) }.map { index, counts -> [Cell] in
      let agent = index.map { directory.agents[$0] }
      return [
        .text(orNull: agent?.id), .text(agent?.name ?? "Unassigned"), .integer(counts.messages),
        .integer(counts.completedCalls), .integer(counts.seconds), .flag(agent == nil),
      ]
    }
    return list(
      Table(columns, rows),
      [
        Cell.Field("period", .text(period.rawValue)), Cell.Field("periodStart", .text(stamp(start, calendar))),
        Cell.Field("periodEnd", .text(stamp(end.addingTimeInterval(-1), calendar))),
      ].map(redated))
  }

  private func stamp(_ date: Date, _ calendar: LocalCalendar) -> String {
    switch options.periodStamps {
    case .utc: return Stamp.utc(date)
    case .offset: return Stamp.local(date, in: calendar)
    case .localWithZ:
      let (day, second) = calendar.wallClock(at: date)
      return "\(day)T\(Stamp.clock(second))Z"
    }
  }

  /// The faults of dates, for dates that stand beside the rows.
  private func redated(_ field: Cell.Field) -> Cell.Field {
    var table = Table([Table.Column(field.name, field.name == "period" ? .other : .date)], [[field.value]])
    table.apply(faults.filter { $0 == .datedInFuture || $0 == .datedOutsideWindow }, today: today)
    return Cell.Field(field.name, table.rows[0][0])
  }
}
