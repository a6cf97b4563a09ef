import Foundation
import Usage

/// Langdock's usage export, `POST /export/…`.
struct LangdockInterface: VendorInterface {
  /// The kinds of exports by path.
  private enum Kind: String {
    case users, assistants, agents, projects, models
    case apiKeys = "api-keys"

    /// Its path has a hyphen where the data type has an underscore.
    var dataType: String { self == .apiKeys ? "api_keys" : rawValue }

    func groupings(ownKeys: Bool) -> [String] {
      switch self {
      case .users, .assistants, .agents, .apiKeys: ["model"]
      case .models: ownKeys ? ["source", "deployment"] : ["source"]
      case .projects: []
      }
    }
  }

  let service = SimulatedService.langdock
  let company: Company
  let options: LangdockOptions
  let keys: SimulatorKeys
  let storage: LangdockStorage
  let limiter: MinuteLimiter

  func error(_ kind: VendorError, at now: Date) -> WireAnswer {
    switch kind {
    case .unauthorized: LangdockRefusal.unauthorized.answer
    case .rateLimited:
      LangdockRefusal(status: 429, error: "Too Many Requests", message: "Rate limit exceeded").answer
    case .unavailable:
      LangdockRefusal(status: 503, error: "Service Unavailable", message: "Please try again later").answer
    }
  }

  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer {
    do {
      return try export(request, faults)
    } catch let refusal as LangdockRefusal {
      return refusal.answer
    } catch {
      return LangdockRefusal(status: 500, error: "Internal Server Error", message: "Unexpected error").answer
    }
  }

  private func export(_ request: WireRequest, _ faults: [Fault]) throws -> WireAnswer {
    guard request.origin == nil else {
      throw LangdockRefusal(status: 403, error: "Forbidden", message: "Requests from browsers are not allowed")
    }
    try authorize(request)
    if let wait = limiter.admit(request.now) {
      var refusal = error(.rateLimited, at: request.now)
      refusal.headers.append(("Retry-After", String(wait)))
      return refusal
    }
    let parts = request.path.split(separator: "/").map(String.init)
    guard request.method == "POST", parts.count == 2 || parts.count == 3, parts[0] == "export",
      let kind = Kind(rawValue: parts[1]), parts.count == 2 || ["csv", "json"].contains(parts[2])
    else {
      throw LangdockRefusal(
        status: 404, error: "Not Found", message: "Cannot \(request.method) \(request.path)")
    }
    guard let body = try? JSONDecoder().decode(LangdockRequest.self, from: Data(request.body)) else {
      throw LangdockRefusal.badRequest("Invalid request body: from and to with date and timezone are required")
    }
    if let grouping = body.groupBy, !kind.groupings(ownKeys: options.ownKeys).contains(grouping) {
      throw LangdockRefusal.badRequest("group_by \"\(grouping)\" is not supported for \(kind.rawValue) exports")
    }
    var table = try rows(kind, body, now: request.now)
    table.apply(faults, today: LocalCalendar.utc.day(at: request.now))
    return parts.last == "json"
      ? json(table, kind) : envelope(table, kind, try ExportWindow(body, now: request.now), now: request.now)
  }

  private func authorize(_ request: WireRequest) throws {
    let key = request.bearer ?? ""
    if keys.langdock.contains(key) { return }
    guard keys.langdockWithoutScope.contains(key) else { throw LangdockRefusal.unauthorized }
    throw LangdockRefusal(
      status: 403, error: "Forbidden", message: "API key is missing the required scope USAGE_EXPORT_API")
  }

  private func rows(_ kind: Kind, _ body: LangdockRequest, now: Date) throws -> Table {
    let scan = LangdockScan(company, try ExportWindow(body, now: now))
    let scanned = scan.count()
    guard scanned <= options.rowLimit else {
      throw LangdockRefusal(
        status: 400, error: "Export too large",
        message: "Export too large: \(scanned) rows exceeds limit of \(options.rowLimit). "
          + "Please narrow the date range.")
    }
    let tables = ExportTables(scan: scan, options: options, request: body)
    let table =
      switch kind {
      case .users: tables.users()
      case .assistants, .agents: tables.agents()
      case .projects: tables.projects()
      case .models: tables.models()
      case .apiKeys: tables.apiKeys()
      }
    guard !table.rows.isEmpty else { throw LangdockRefusal.noData }
    return table
  }

  private func json(_ table: Table, _ kind: Kind) -> WireAnswer {
    let metadata = [
      Cell.Field("dataType", .text(kind.dataType)), Cell.Field("recordCount", .literal(String(table.claimedRows))),
    ]
    let body = Cell.object([
      Cell.Field("success", .flag(true)), Cell.Field("data", .list(table.objects)),
      Cell.Field("metadata", .object(metadata)),
    ])
    return WireAnswer(200, "application/json; charset=utf-8", table.json(body))
  }

  private func envelope(_ table: Table, _ kind: Kind, _ window: ExportWindow, now: Date) -> WireAnswer {
    let range = [Cell.Field("from", .text(window.fromText)), Cell.Field("to", .text(window.throughText))]
    let folder = "\(kind.rawValue)-usage"
    let days = "\(window.fromText.prefix(10))-\(window.throughText.prefix(10))"
    let (path, url) = storage.store(
      table, folder: "\(folder)/\(options.organization)", name: "\(folder)-\(days)", now: now)
    let data = [
      Cell.Field("filePath", .text(path)), Cell.Field("downloadUrl", .text(url)),
      Cell.Field("dataType", .text(kind.dataType)), Cell.Field("recordCount", .integer(Int64(table.claimedRows))),
      Cell.Field("dateRange", .object(range)),
    ]
    return .json(.object([Cell.Field("success", .flag(true)), Cell.Field("data", .object(data))]))
  }
}
