import Foundation
import Usage

extension AgentPhoneReport {
  /// `GET /v1/usage`: numbers, totals of all time and of rolling windows, in the shape of the chosen age.
  func account() -> WireAnswer {
    let directory = book.company.directory
    let used = directory.numbers.count
    let limit = max(options.numberLimit, used)
    var fields: [Cell.Field] = []
    switch options.usageShape {
    case .planWithLimits:
      let plan = [Cell.Field("name", .text("scale")), Cell.Field("limits", limits(limit))]
      fields.append(Cell.Field("plan", .object(plan)))
    case .planNameOnly: fields.append(Cell.Field("plan", .object([Cell.Field("name", .text("payg"))])))
    case .newest: break
    }
    fields.append(
      Cell.Field(
        "numbers",
        .object([
          Cell.Field("used", .integer(Int64(used))), Cell.Field("limit", .integer(Int64(limit))),
          Cell.Field("remaining", .integer(Int64(limit - used))),
        ])))
    var table = stats()
    table.apply(faults, today: LocalCalendar.utc.day(at: now))
    fields.append(Cell.Field("stats", table.objects.first ?? .null))
    if options.usageShape != .planNameOnly { fields += period }
    if options.usageShape == .newest { fields.append(Cell.Field("reportGeneratedAt", .text(Stamp.utc(now)))) }
    return WireAnswer(200, "application/json", table.json(.object(fields)))
  }

  /// Documented without a meaning; the sample spans seven days.
  private var period: [Cell.Field] {
    let today = LocalCalendar.utc.day(at: now)
    return [
      Cell.Field("periodStart", .text("\(today.advanced(by: -7))T00:00:00Z")),
      Cell.Field("periodEnd", .text("\(today)T00:00:00Z")),
    ]
  }

  private func limits(_ numbers: Int) -> Cell {
    .object([
      Cell.Field("numbers", .integer(Int64(numbers))), Cell.Field("messagesPerMonth", .integer(2_000_000)),
      Cell.Field("voiceMinutesPerMonth", .integer(100_000)), Cell.Field("maxCallDurationMinutes", .integer(60)),
      Cell.Field("concurrentCalls", .integer(25)),
    ])
  }

  private func stats() -> Table {
    let moment = Millis.of(now)
    func last(_ days: Int64) -> PhoneTotals {
      book.total(from: moment - days * Millis.day, to: .max, now: moment)
    }
    let all = book.total(from: .min / 2, to: .max, now: moment)
    let (day, week, month) = (last(1), last(7), last(30))
    var counts: [(String, Int64)] = [
      ("totalMessages", all.messages), ("messagesLast24h", day.messages), ("messagesLast7d", week.messages),
      ("messagesLast30d", month.messages),
    ]
    if options.usageShape == .newest { counts.append(("smsSegmentsLast30d", month.segments)) }
    counts += [
      ("totalCalls", all.calls), ("callsLast24h", day.calls), ("callsLast7d", week.calls),
      ("callsLast30d", month.calls), ("totalWebhookDeliveries", all.delivered + all.failedDeliveries),
      ("successfulWebhookDeliveries", all.delivered), ("failedWebhookDeliveries", all.failedDeliveries),
    ]
    return Table(counts.map { Table.Column($0.0, .count) }, [counts.map { .integer($0.1) }])
  }
}
