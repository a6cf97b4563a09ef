import Usage

/// What the deprecated `workspace-usage` is asked for.
struct WorkspaceUsageQuery {
  enum Table: String, CaseIterable {
    case users
    case assistantMessages = "assistant_messages"
    case builders, assistants, feedback
  }

  let table: Table
  /// UTC days.
  let span: DaySpan
  /// Whether the last day was named, so that tables of raw instants end where it begins.
  let endsWithNamedDay: Bool
  let json: Bool
  let includeInactive: Bool

  init(_ request: WireRequest) throws {
    let json = try Self.choice("format", ["csv", "json"], request, default: "csv") == "json"
    let name = try Self.choice("table", Table.allCases.map(\.rawValue), request)
    guard let table = Table(rawValue: name) else { throw DustRefusal.query("Invalid table") }
    let range = try Self.choice("mode", ["month", "range"], request) == "range"
    let start = try Self.day("start", request)
    self.table = table
    self.json = json
    endsWithNamedDay = range
    includeInactive = request.value("includeInactive") == "true"
    if range {
      let end = try Self.day("end", request)
      guard start <= end else { throw DustRefusal.query("start must be before or equal to end") }
      span = DaySpan(start, through: end)
    } else {
      span = DaySpan(start, through: start.firstOfNextMonth.advanced(by: -1))
    }
  }

  private static func choice(
    _ name: String, _ choices: [String], _ request: WireRequest, default usual: String? = nil
  ) throws -> String {
    guard let value = request.value(name) ?? usual, choices.contains(value) else {
      let names = choices.map { "'\($0)'" }.joined(separator: " | ")
      throw DustRefusal.query("Invalid enum value. Expected \(names) at \"\(name)\"")
    }
    return value
  }

  /// Reads `2026-11-18`; `2026-11` stands for the first of the month.
  private static func day(_ name: String, _ request: WireRequest) throws -> Day {
    let text = request.value(name) ?? ""
    guard let day = Day(iso: text) ?? Day(iso: text + "-01") else {
      throw DustRefusal.query("Expected YYYY-MM or YYYY-MM-DD at \"\(name)\"")
    }
    return day
  }
}
