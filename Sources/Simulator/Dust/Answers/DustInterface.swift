import Foundation
import Usage

/// Dust's public interface for workspace analytics, `/api/v1/w/{wId}/…`.
struct DustInterface: VendorInterface {
  let service = SimulatedService.dust
  let options: DustOptions
  let keys: DustKeys
  let limiter: MinuteLimiter
  private let book: DustBook

  init(company: Company, options: DustOptions, keys: DustKeys) {
    self.options = options
    self.keys = keys
    limiter = MinuteLimiter(options.requestsPerMinute)
    book = DustBook(company)
  }

  func error(_ kind: VendorError, at now: Date) -> WireAnswer {
    switch kind {
    case .unauthorized: DustRefusal.invalidKey.answer
    case .rateLimited: DustRefusal.rateLimited.answer
    case .unavailable: DustRefusal.unavailable.answer
    }
  }

  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer {
    do {
      return try route(request, faults)
    } catch let refusal as DustRefusal {
      return refusal.answer
    } catch {
      return DustRefusal(500, "internal_server_error", "Unhandled internal server error: \(error)").answer
    }
  }

  private func route(_ request: WireRequest, _ faults: [Fault]) throws -> WireAnswer {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count > 4, parts[..<3] == ["api", "v1", "w"] else { throw DustRefusal.noPath }
    let route = parts[4...].joined(separator: "/")
    let known = ["analytics/export", "analytics/consumption/export"]
    guard known.contains(route) || (route == "workspace-usage" && options.workspaceUsageAlive) else {
      throw DustRefusal.noPath
    }
    try authorize(request, workspace: parts[3])
    if let wait = limiter.admit(request.now) {
      var refusal = DustRefusal.rateLimited.answer
      if options.sendsRetryAfter { refusal.headers.append(("Retry-After", String(wait))) }
      return refusal
    }
    let method = route == "analytics/consumption/export" ? "POST" : "GET"
    guard request.method == method else { throw DustRefusal.method(expected: method) }
    switch route {
    case "analytics/export": return try export(request, faults)
    case "workspace-usage": return try workspaceUsage(request, faults)
    default: return try consumption(request, faults)
    }
  }

  private func authorize(_ request: WireRequest, workspace: String) throws {
    guard request.authorization != nil else { throw DustRefusal.unauthenticated }
    guard let key = request.bearer, key.hasPrefix("sk-") else { throw DustRefusal.malformed }
    let known = keys.admin.union(keys.withoutAdmin)
    guard known.contains(key) || keys.ofOtherWorkspaces.contains(key) else { throw DustRefusal.invalidKey }
    guard workspace == options.workspace else { throw DustRefusal.noWorkspace }
    guard !options.relocated else { throw DustRefusal.relocated }
    guard known.contains(key) else { throw DustRefusal.otherWorkspace }
    guard keys.admin.contains(key) else { throw DustRefusal.notAdmin }
  }

  // MARK: The answers

  private func export(_ request: WireRequest, _ faults: [Fault]) throws -> WireAnswer {
    let query = try DustQuery(request, options)
    var table = DustTables(book, options, query, at: request.now).table()
    table.shape(options, query.table)
    table.apply(faults, today: LocalCalendar.utc.day(at: request.now))
    if query.json { return WireAnswer(200, "application/json", table.json(.list(table.objects))) }
    var answer = WireAnswer(200, "text/csv", table.guarded(listSeparator: options.editorSeparator).csv)
    let name = "dust_\(query.table.rawValue)_\(query.span.first)_\(query.span.last).csv"
    answer.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
    return answer
  }

  private func consumption(_ request: WireRequest, _ faults: [Fault]) throws -> WireAnswer {
    guard options.consumptionEnabled else {
      throw DustRefusal(
        403, "feature_flag_not_found", "The workspace does not have access to the consumption export API.")
    }
    let body = try ConsumptionRequest(request.body)
    return ConsumptionExport(book: book, options: options, request: body, now: request.now).answer(faults)
  }

  private func workspaceUsage(_ request: WireRequest, _ faults: [Fault]) throws -> WireAnswer {
    guard options.usageDataEnabled else {
      throw DustRefusal(
        403, "workspace_auth_error", "The workspace does not have access to the usage data API.")
    }
    return try WorkspaceUsage(book, options, WorkspaceUsageQuery(request), at: request.now).answer(faults)
  }
}
