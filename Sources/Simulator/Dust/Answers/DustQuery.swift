import Usage

/// What `analytics/export` is asked for.
struct DustQuery {
  let table: DustOptions.Table
  let span: DaySpan
  let calendar: LocalCalendar
  let json: Bool

  init(table: DustOptions.Table, span: DaySpan, calendar: LocalCalendar, json: Bool) {
    self.table = table
    self.span = span
    self.calendar = calendar
    self.json = json
  }

  init(_ request: WireRequest, _ options: DustOptions) throws {
    guard let table = request.value("table").flatMap(DustOptions.Table.init), options.tables.contains(table) else {
      let names = DustOptions.Table.allCases.filter(options.tables.contains).map { "'\($0.rawValue)'" }
      throw DustRefusal.query("Invalid enum value. Expected \(names.joined(separator: " | ")) at \"table\"")
    }
    let start = try Self.date("startDate", request)
    let end = try Self.date("endDate", request)
    guard start <= end else { throw DustRefusal.query("startDate must be before or equal to endDate") }
    let zone = request.value("timezone") ?? "UTC"
    guard let calendar = LocalCalendar(zone: zone) else {
      throw DustRefusal.query("Invalid timezone \"\(zone)\"")
    }
    let format = request.value("format") ?? "csv"
    guard options.csvOnly || format == "csv" || format == "json" else {
      throw DustRefusal.query("Invalid enum value. Expected 'csv' | 'json' at \"format\"")
    }
    guard let first = Day(iso: start) else { throw DustRefusal.noSuchDay(start) }
    guard let last = Day(iso: end) else { throw DustRefusal.noSuchDay(end) }
    self.init(
      table: table, span: DaySpan(first, through: last), calendar: calendar,
      json: format == "json" && !options.csvOnly)
  }

  /// Text with a month of 01...12 and a day of 01...31, which may be none all the same.
  private static func date(_ name: String, _ request: WireRequest) throws -> String {
    guard let text = request.value(name) else { throw DustRefusal.query("Required at \"\(name)\"") }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
    guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2])
    else {
      throw DustRefusal.query("Invalid date format, expected YYYY-MM-DD at \"\(name)\"")
    }
    return text
  }
}
