import Foundation
import Usage

/// A window of `created_at`: whole seconds since 1970, its end left out.
struct TessWindow: Sendable, Hashable {
  var from: Int64
  var until: Int64

  init(from: Date, until: Date) {
    self.from = Int64(from.timeIntervalSince1970)
    self.until = Int64(until.timeIntervalSince1970)
  }
}

/// The parameters of a request, checked.
struct TessQuery {
  let window: TessWindow
  /// The number of the user whose executions are wanted; nil for all.
  let user: Int64?
  let type: TessAgentType?
  let page: Int
  let perPage: Int

  /// Far beyond any list, and small enough to multiply.
  private static let lastPage = 1 << 40

  var offset: Int { (min(page, Self.lastPage) - 1) * perPage }

  init(_ request: WireRequest, _ options: TessOptions) throws(TessRefusal) {
    var reader = TessQueryReader(request: request, options: options)
    let window = reader.window()
    user = reader.user()
    type = reader.type()
    page = reader.integer("page", 1...Int.max, default: 1)
    perPage = reader.integer("per_page", 1...100, default: 20)
    guard reader.faults.isEmpty, let window else { throw .invalid(reader.faults) }
    self.window = window
  }
}

/// Reads parameters one by one and gathers what is wrong with them.
private struct TessQueryReader {
  let request: WireRequest
  let options: TessOptions
  var faults: [TessRefusal.Fault] = []

  init(request: WireRequest, options: TessOptions) {
    self.request = request
    self.options = options
  }

  /// An empty parameter is no parameter.
  private func value(_ name: String) -> String? {
    request.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func fail(_ parameter: String, _ message: String) {
    faults.append(TessRefusal.Fault(parameter, message))
  }

  mutating func integer(_ name: String, _ range: ClosedRange<Int>, default usual: Int) -> Int {
    guard let text = value(name) else { return usual }
    let label = name.replacing("_", with: " ")
    guard let number = Int(text) else {
      fail(name, "The \(label) field must be an integer.")
      return usual
    }
    if number < range.lowerBound { fail(name, "The \(label) field must be at least \(range.lowerBound).") }
    if number > range.upperBound { fail(name, "The \(label) field must not be greater than \(range.upperBound).") }
    return range.contains(number) ? number : usual
  }

  mutating func user() -> Int64? {
    guard let text = value("user_id") else { return nil }
    if let number = Int64(text) { return number }
    fail("user_id", "The user id field must be an integer.")
    return nil
  }

  mutating func type() -> TessAgentType? {
    guard let text = value("type"), text != "all" else { return nil }
    if let type = TessAgentType(rawValue: text) { return type }
    fail("type", "The selected type is invalid.")
    return nil
  }

  mutating func window() -> TessWindow? {
    let dates = ["start_date", "end_date"].map(value)
    guard dates.contains(where: { $0 != nil }), let span = custom(dates[0], dates[1]) else {
      return faults.isEmpty ? clamped(relative()) : nil
    }
    let calendar = options.calendar
    return clamped(
      TessWindow(from: calendar.start(of: span.first), until: calendar.start(of: span.last.advanced(by: 1))))
  }

  private mutating func custom(_ first: String?, _ last: String?) -> DaySpan? {
    let start = date("start_date", first, with: "end date")
    let end = date("end_date", last, with: "start date")
    guard let start, let end else { return nil }
    if end < start { fail("end_date", "The end date field must be a date after or equal to start date.") }
    let span = DaySpan(start, through: end)
    if span.count > 90 { fail("end_date", "The date range must not exceed 90 days.") }
    return faults.isEmpty ? span : nil
  }

  private mutating func date(_ name: String, _ text: String?, with other: String) -> Day? {
    let label = name.replacing("_", with: " ")
    guard let text else {
      fail(name, "The \(label) field is required when \(other) is present.")
      return nil
    }
    if let day = Day(iso: text) { return day }
    fail(name, "The \(label) field must match the format Y-m-d.")
    return nil
  }

  /// Back from the end of the current day: 24 hours, or whole calendar days.
  private mutating func relative() -> TessWindow {
    let calendar = options.calendar
    let today = calendar.day(at: request.now)
    let end = calendar.start(of: today.advanced(by: 1))
    switch value("range") ?? "30d" {
    case "1d": return TessWindow(from: end.addingTimeInterval(-86_400), until: end)
    case "7d": return TessWindow(from: calendar.start(of: today.advanced(by: -6)), until: end)
    case "30d": break
    default: fail("range", "The selected range is invalid.")
    }
    return TessWindow(from: calendar.start(of: today.advanced(by: -29)), until: end)
  }

  private func clamped(_ window: TessWindow) -> TessWindow {
    guard let oldest = options.historyMinDate else { return window }
    var window = window
    window.from = max(window.from, Int64(options.calendar.start(of: oldest).timeIntervalSince1970))
    return window
  }
}
