import Foundation
import Usage

/// The body of a request for consumption lines.
struct ConsumptionRequest {
  /// The window in milliseconds since 1970, half open.
  let from: Int64
  let end: Int64
  let json: Bool
  let filter: ConsumptionFilter

  private struct Body: Decodable {
    let startDate: String
    let endDate: String
    let format: String?
    let filter: [String: [String]]?
  }

  init(_ bytes: [UInt8]) throws {
    guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)) else {
      throw DustRefusal.body("Required at \"startDate\"; Required at \"endDate\"")
    }
    let format = body.format ?? "csv"
    guard format == "csv" || format == "ndjson" else {
      throw DustRefusal.body("Invalid enum value. Expected 'csv' | 'ndjson' at \"format\"")
    }
    from = try Self.instant(body.startDate, "startDate")
    end = try Self.instant(body.endDate, "endDate")
    json = format == "ndjson"
    filter = try ConsumptionFilter(body.filter ?? [:])
    guard from < end else { throw DustRefusal.body("startDate must be before endDate") }
    guard end - from <= 30 * Millis.day else { throw DustRefusal.body("Time range must not exceed 30 days") }
  }

  /// Reads `2026-11-01T00:00:00Z`, with decimals or an offset at will.
  private static func instant(_ text: String, _ name: String) throws -> Int64 {
    for fraction in [false, true] {
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
      if let date = try? style.parse(text) { return Int64((date.timeIntervalSince1970 * 1000).rounded()) }
    }
    throw DustRefusal.body("Invalid datetime at \"\(name)\"")
  }
}

/// Which lines are wanted: of each key that is given, one of its values must fit.
struct ConsumptionFilter {
  private static let keys = [
    "agents", "users", "api_keys", "groups", "models", "tools", "skills", "sources", "tags",
  ]

  private let wanted: [String: Set<String>]

  init(_ filter: [String: [String]]) throws {
    guard Set(filter.keys).isSubset(of: Self.keys) else { throw DustRefusal.body("Unrecognized key(s) in \"filter\"") }
    guard filter.values.allSatisfy({ $0.allSatisfy { $0.utf8.count <= 256 } }), filter.values.joined().count <= 500
    else { throw DustRefusal.body("Too many or too long values in \"filter\"") }
    wanted = filter.filter { !$0.value.isEmpty }.mapValues(Set.init)
  }

  /// - Parameter values: what a line has for a key; nothing fits a line that has none.
  func admits(_ values: (_ key: String) -> [String]) -> Bool {
    wanted.allSatisfy { key, wanted in !wanted.isDisjoint(with: values(key)) }
  }
}
