import Foundation
import Simulator
import TestSupport
import Usage

/// A moment in UTC.
func moment(_ text: String) -> Date {
  guard let day = Day(iso: text.prefix(10)) else { return .distantPast }
  let clock = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
  let second = zip(clock, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
  return LocalCalendar.utc.instant(of: day, secondOfDay: second)
}

func day(_ text: String) -> Day { Day(iso: text) ?? Day(ordinal: 0) }

extension DaySpan {
  init(_ first: String, _ last: String) { self.init(day(first), through: day(last)) }
}

/// Thursday.
let noon = moment("2026-11-19T12:00:00")
let today = day("2026-11-19")

/// The default company; its generated days are shared by all tests that only read it.
let sharedCompany = Company(Company.Configuration(today: today))

/// The same with a short past, where all of it is counted over and over.
let youngCompany = Company(Company.Configuration(today: today, historyDays: 20))

/// A simulator over a company, run for as long as `body`.
func simulating(
  _ company: Company = .empty(today: today), at start: Date = noon,
  _ configure: (inout Simulator.Configuration) -> Void = { _ in },
  _ body: @Sendable (Simulator, ManualClock) async throws -> Void
) async throws {
  let clock = ManualClock(start)
  let simulator = Simulator(company: company, clock: clock, configuration: .init(configure))
  try await simulator.withRunning { try await body($0, clock) }
}

extension Simulator {
  func exportBody(_ span: DaySpan, zone: String = "UTC", groupBy: String? = nil) -> String {
    let group = groupBy.map { ",\"group_by\":\"\($0)\"" } ?? ""
    return """
      {"from":{"date":"\(span.first)T00:00:00.000Z","timezone":"\(zone)"},\
      "to":{"date":"\(span.last)T23:59:59.999Z","timezone":"\(zone)"}\(group)}
      """
  }

  func export(
    _ route: String, _ span: DaySpan = DaySpan(today), zone: String = "UTC", groupBy: String? = nil,
    body: String? = nil, headers: [String: String]? = nil
  ) async throws -> RawClient.Response {
    try await RawClient.send(
      "POST", langdockURL + route,
      headers: headers ?? ["Authorization": "Bearer \(langdockKey)", "Content-Type": "application/json"],
      body: body ?? exportBody(span, zone: zone, groupBy: groupBy))
  }

  /// The rows of a JSON export; none for "No data found".
  func rows(
    _ table: String, _ span: DaySpan = DaySpan(today), zone: String = "UTC", groupBy: String? = nil
  ) async throws -> [[String: Any]] {
    let answer = try await export("/export/\(table)/json", span, zone: zone, groupBy: groupBy)
    guard answer.status == 200 || answer.status == 404 else { throw RawClient.Failure(reason: answer.text) }
    return answer.json["data"] as? [[String: Any]] ?? []
  }

  /// The CSV of an export, downloaded as a client should.
  func download(_ table: String, _ span: DaySpan = DaySpan(today)) async throws -> RawClient.Response {
    let envelope = try await export("/export/\(table)/csv", span)
    let data = envelope.json["data"] as? [String: Any]
    return try await RawClient.send("GET", data?["downloadUrl"] as? String ?? "")
  }

  func phone(
    _ path: String, headers: [String: String] = [:]
  ) async throws -> RawClient.Response {
    let credentials = ["Authorization": "Bearer \(agentPhoneKey)"]
    return try await RawClient.send(
      "GET", agentPhoneURL + path, headers: credentials.merging(headers) { _, given in given })
  }

  func phoneRows(_ path: String) async throws -> [[String: Any]] {
    try await phone(path).json["data"] as? [[String: Any]] ?? []
  }
}

/// A strict reader of RFC 4180 with LF or CRLF, for what the simulator writes.
func parseCSV(_ text: String) -> [[String]] {
  var records: [[String]] = []
  var record: [String] = []
  var field: [UInt8] = []
  var quoted = false
  let bytes = Array(text.utf8)
  var index = 0
  func endField() {
    record.append(String(decoding: field, as: UTF8.self))
    field = []
  }
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    if quoted {
      if byte != UInt8(ascii: "\"") {
        field.append(byte)
      } else if index < bytes.count, bytes[index] == byte {
        field.append(byte)
        index += 1
      } else {
        quoted = false
      }
      continue
    }
    switch byte {
    case UInt8(ascii: "\""): quoted = true
    case UInt8(ascii: ","): endField()
    case 0x0D: break
    case 0x0A:
      endField()
      records.append(record)
      record = []
    default: field.append(byte)
    }
  }
  if !field.isEmpty || !record.isEmpty {
    endField()
    records.append(record)
  }
  return records
}

/// CSV as rows by column name.
func csvRows(_ text: String) -> [[String: String]] {
  let records = parseCSV(text)
  return records.dropFirst().map { record in
    Dictionary(zip(records[0], record), uniquingKeysWith: { first, _ in first })
  }
}
