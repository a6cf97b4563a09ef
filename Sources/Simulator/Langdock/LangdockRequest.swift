import Foundation
import Usage

/// The body of every export request.
struct LangdockRequest: Decodable {
  struct Edge: Decodable {
    let date: String
    let timezone: String
  }

  let from: Edge
  let to: Edge
  let groupBy: String?

  enum CodingKeys: String, CodingKey {
    case from, to
    case groupBy = "group_by"
  }
}

/// A refusal in Langdock's words.
struct LangdockRefusal: Error {
  let status: Int
  let error: String
  let message: String

  static func badRequest(_ message: String) -> LangdockRefusal {
    LangdockRefusal(status: 400, error: "Bad Request", message: message)
  }

  static let unauthorized = LangdockRefusal(
    status: 401, error: "Unauthorized", message: "Invalid or missing API key")
  static let noData = LangdockRefusal(
    status: 404, error: "No data found", message: "No usage data found for the selected period")

  var answer: WireAnswer {
    .json(.object([Cell.Field("error", .text(error)), Cell.Field("message", .text(message))]), status: status)
  }
}

/// The window of an export. Both ends belong to it, to the millisecond.
struct ExportWindow {
  /// Milliseconds since 1970.
  let from: Int64
  let through: Int64
  /// The moment as of which the events count.
  let now: Int64
  /// As they are repeated in `dateRange`.
  let fromText: String
  let throughText: String

  init(_ request: LangdockRequest, now: Date) throws {
    let from = try Self.instant(request.from)
    let to = try Self.instant(request.to)
    guard from <= to else { throw LangdockRefusal.badRequest("Invalid date range: from must not be after to") }
    // Twelve months of history.
    let oldest = Millis.of(now) - 366 * Millis.day
    self.from = max(from, oldest)
    through = to
    self.now = Millis.of(now)
    fromText = Self.echo(request.from.date)
    throughText = Self.echo(request.to.date)
  }

  private static func echo(_ date: String) -> String { date.hasSuffix("Z") ? date : date + "Z" }

  /// The date's wall-clock time in the zone. A trailing `Z` is taken off, an offset is refused.
  private static func instant(_ edge: LangdockRequest.Edge) throws -> Int64 {
    guard let calendar = LocalCalendar(zone: edge.timezone) else {
      throw LangdockRefusal.badRequest("Invalid timezone: \(edge.timezone)")
    }
    let text = edge.date.hasSuffix("Z") ? edge.date.dropLast() : edge.date[...]
    guard let (day, millis) = wallClock(text) else {
      throw LangdockRefusal.badRequest("Invalid date: \(edge.date)")
    }
    let second = calendar.instant(of: day, secondOfDay: millis / 1000)
    return Int64(second.timeIntervalSince1970.rounded(.down)) * 1000 + Int64(millis % 1000)
  }

  /// Reads `2026-11-01T14:30:00` with up to three decimals.
  private static func wallClock(_ text: Substring) -> (Day, Int)? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = Day(iso: parts[0]) else { return nil }
    let clock = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    let fields = clock.first?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    let numbers = fields.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
    guard numbers.count == 3, fields.count == 3, clock.count <= 2 else { return nil }
    guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    let fraction = (clock.count == 2 ? clock[1] : "0").utf8
    guard (1...3).contains(fraction.count), fraction.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let millis = fraction.reduce(0) { $0 * 10 + Int($1) - 48 } * [100, 10, 1][fraction.count - 1]
    return (day, (numbers[0] * 3600 + numbers[1] * 60 + numbers[2]) * 1000 + millis)
  }
}
