import Foundation
import Simulator
import Usage

extension Simulator {
  var dustBase: String { "\(dustURL)/api/v1/w/\(dustWorkspace)" }

  var dustHeaders: [String: String] { ["Authorization": "Bearer \(dustKey)"] }

  /// A request to `analytics/export`.
  func dust(
    _ table: String, _ span: DaySpan = DaySpan(today), zone: String? = nil, format: String? = "json"
  ) async throws -> RawClient.Response {
    var query = "table=\(table)&startDate=\(span.first)&endDate=\(span.last)"
    if let zone { query += "&timezone=\(zone)" }
    if let format { query += "&format=\(format)" }
    return try await RawClient.send("GET", "\(dustBase)/analytics/export?\(query)", headers: dustHeaders)
  }

  func dustRows(
    _ table: String, _ span: DaySpan = DaySpan(today), zone: String? = nil
  ) async throws -> [[String: Any]] {
    let answer = try await dust(table, span, zone: zone)
    guard answer.status == 200 else { throw RawClient.Failure(reason: answer.text) }
    return answer.rows
  }

  func consumption(
    _ span: DaySpan = DaySpan(today), in calendar: LocalCalendar = .utc, format: String? = "ndjson", more: String = ""
  ) async throws -> RawClient.Response {
    let start = calendar.start(of: span.first).ISO8601Format()
    let end = calendar.start(of: span.last.advanced(by: 1)).ISO8601Format()
    let form = format.map { ",\"format\":\"\($0)\"" } ?? ""
    return try await consumption(body: "{\"startDate\":\"\(start)\",\"endDate\":\"\(end)\"\(form)\(more)}")
  }

  func consumption(body: String) async throws -> RawClient.Response {
    try await RawClient.send(
      "POST", "\(dustBase)/analytics/consumption/export", headers: dustHeaders, body: body)
  }

  func workspaceUsage(_ query: String) async throws -> RawClient.Response {
    try await RawClient.send("GET", "\(dustBase)/workspace-usage?\(query)", headers: dustHeaders)
  }
}

extension RawClient.Response {
  /// The rows of a bare JSON array.
  var rows: [[String: Any]] {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? [[String: Any]] ?? []
  }

  var dustError: [String: String] { json["error"] as? [String: String] ?? [:] }

  /// The body of an answer whose length was not told; nil if it broke off.
  var unchunked: [UInt8]? {
    guard headers["transfer-encoding"] == "chunked" else { return nil }
    var whole: [UInt8] = []
    var rest = body[...]
    while let end = rest.firstRange(of: [0x0D, 0x0A]) {
      guard let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) else { return nil }
      if size == 0 { return whole }
      guard rest.endIndex - end.upperBound >= size + 2 else { return nil }
      whole += rest[end.upperBound..<end.upperBound + size]
      rest = rest[(end.upperBound + size + 2)...]
    }
    return nil
  }

  var unchunkedText: String { String(decoding: unchunked ?? [], as: UTF8.self) }

  /// The objects of an `application/x-ndjson` body.
  var lines: [[String: Any]] {
    (unchunked ?? []).split(separator: 0x0A).compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
    }
  }
}
