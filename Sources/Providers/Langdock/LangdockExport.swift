import Foundation
import Tabular
import Upstream
import Usage

/// The export call and the download that follows it.
struct LangdockExport: Sendable {
  let table: LangdockTable
  let api: APIClient

  static let downloadEndpoint = "download"

  static func endpoint(_ table: LangdockTable) -> String { "/export/\(table.path)" }

  /// What the export call answers.
  private enum Outcome: Sendable {
    case file(url: String, records: Int)
    case empty
    case tooLarge
  }

  /// Reads a window, in halves if it is too large to be exported at once.
  ///
  /// - Returns: the reading, and whether it came in one piece.
  func read(_ window: LangdockWindow) async throws(UpstreamFailure) -> (Reading, isWhole: Bool) {
    let table = table
    let bounds = LangdockRows.Bounds(window)
    switch try await export(window) {
    case .empty:
      // As told by no row: nobody was active.
      var none = LangdockRows(table: table, records: 0, bounds: bounds)
      return (try none.finish(nil), true)
    case .file(let url, let records):
      let reading = try await api.download(url, endpoint: Self.downloadEndpoint) {
        TableSink(
          CSVReader(required: table.plan.required),
          LangdockRows(table: table, records: records, bounds: bounds))
      }
      return (reading, true)
    case .tooLarge:
      guard let (earlier, later) = window.halves else {
        throw UpstreamFailure(.tooLarge, "a single minute holds more rows than Langdock exports")
      }
      var (reading, _) = try await read(earlier)
      let (rest, _) = try await read(later)
      do {
        try reading.merge(part: rest)
      } catch {
        throw .tooLargeTotal
      }
      return (reading, false)
    }
  }

  private func export(_ window: LangdockWindow) async throws(UpstreamFailure) -> Outcome {
    let request = APIRequest(
      endpoint: Self.endpoint(table), .post, path: "/export/\(table.path)/csv",
      headers: [("content-type", "application/json")], body: window.body)
    return try await api.fetch(request) { response throws(UpstreamFailure) in
      if response.isSuccess { return try Self.file(response.body, window) }
      let error = (try? JSONAnswer(response.body))?.root["error"]?.string
      switch (response.head.status, error) {
      case (404, "No data found"): return .empty
      case (400, "Export too large"), (400, "USAGE_EXPORT_TOO_LARGE"): return .tooLarge
      default: throw UpstreamFailure.status(response)
      }
    }
  }

  private static func file(
    _ body: [UInt8], _ window: LangdockWindow
  ) throws(UpstreamFailure) -> Outcome {
    let root = try JSONAnswer(body).root
    guard let data = root["data"], root["success"] != .bool(false) else {
      throw .schema("the export call answers without \"data\"")
    }
    try checkRange(data["dateRange"], window)
    guard let text = data["recordCount"]?.scalarText, let records = Int(text), records >= 0 else {
      throw .schema("the export call answers without \"recordCount\"")
    }
    if records == 0 { return .empty }
    guard let url = data["downloadUrl"]?.string else {
      throw .schema("the export call answers without \"downloadUrl\"")
    }
    return .file(url: url, records: records)
  }

  /// Refuses an export of another span than the one asked for.
  ///
  /// The range may be given as the local time asked for, with `Z` or an offset, or as the same instant in UTC.
  private static func checkRange(
    _ range: JSONValue?, _ window: LangdockWindow
  ) throws(UpstreamFailure) {
    guard let text = range?["from"]?.string else { return }
    guard let from = Timestamp.parse(text), let day = from.day else { throw .schema("\"dateRange\" is not a date") }
    let candidates = [day, window.calendar.day(at: from.instant)]
    if !candidates.contains(window.firstDay) {
      throw .schema("the export is for another span of days than the one asked for")
    }
  }
}
