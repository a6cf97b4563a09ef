import Foundation
import Usage

/// Tess' `GET /workspaces/usage`.
struct TessInterface: VendorInterface {
  /// What a key may see.
  private enum Sight {
    case everything
    /// What one person ran, by the index in the directory.
    case person(Int)
  }

  let service = SimulatedService.tess
  let company: Company
  let options: TessOptions
  let keys: SimulatorKeys
  private let limiter: SecondLimiter
  private let book: TessBook
  private let pages: TessPages

  init(company: Company, options: TessOptions, keys: SimulatorKeys) {
    self.company = company
    self.options = options
    self.keys = keys
    limiter = SecondLimiter(options.requestsPerSecond)
    book = TessBook(company, edits: options.edits)
    pages = TessPages(seconds: options.pageCache)
  }

  func error(_ kind: VendorError, at now: Date) -> WireAnswer { error(kind, retryAfter: nil, at: now) }

  func error(_ kind: VendorError, retryAfter seconds: Int?, at now: Date) -> WireAnswer {
    switch kind {
    case .unauthorized: TessRefusal.unauthorized(options.authenticationError).answer
    case .rateLimited: TessRefusal.rateLimited(seconds).answer
    case .unavailable: TessRefusal.error(503, "Service unavailable", retryAfter: seconds).answer
    }
  }

  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer {
    do {
      return try usage(request, faults)
    } catch {
      return error.answer
    }
  }

  private func usage(_ request: WireRequest, _ faults: [Fault]) throws(TessRefusal) -> WireAnswer {
    let key = request.bearer ?? ""
    let sight = try sight(key)
    if let seconds = limiter.admit(key, request.now) { throw .rateLimited(seconds) }
    try checkRoute(request)
    try checkWorkspace(request)
    let query = try TessQuery(request, options)
    let filter = TessFilter(person: try person(query, sight), type: query.type)
    let page = pages.page(cacheKey(request, sight), at: Millis.of(request.now)) {
      self.page(query, filter, Millis.of(request.now))
    }
    return list(page, query, faults, request.now)
  }

  private func sight(_ key: String) throws(TessRefusal) -> Sight {
    if keys.tess.contains(key) { return .everything }
    if keys.tessWithoutAbility.contains(key) { throw .noAbility }
    guard let id = keys.tessOwnOnly[key] else { throw .unauthorized(options.authenticationError) }
    return .person(company.directory.people.firstIndex { $0.id == id } ?? -1)
  }

  private func checkRoute(_ request: WireRequest) throws(TessRefusal) {
    guard ["/workspaces/usage", "/api/workspaces/usage"].contains(request.path) else {
      throw .message(404, "The route \(request.path.drop { $0 == "/" }) could not be found.")
    }
    guard request.method == "GET" else {
      throw .message(405, "The \(request.method) method is not supported here. Supported methods: GET.")
    }
  }

  private func checkWorkspace(_ request: WireRequest) throws(TessRefusal) {
    guard let text = request.workspaceID, !text.isEmpty else {
      throw .invalid([TessRefusal.Fault("x-workspace-id", "The x-workspace-id field is required.")])
    }
    guard let workspace = Int64(text) else {
      throw .invalid([TessRefusal.Fault("x-workspace-id", "The x-workspace-id field must be an integer.")])
    }
    guard workspace == options.workspace else { throw .noAccess }
  }

  /// Whose executions are listed; nil for everybody's.
  private func person(_ query: TessQuery, _ sight: Sight) throws(TessRefusal) -> Int? {
    let wanted = query.user.map(TessUserNumber.person)
    guard case .person(let own) = sight else { return wanted }
    guard wanted == nil || wanted == own else { throw .foreignUser }
    return own
  }

  private func cacheKey(_ request: WireRequest, _ sight: Sight) -> String {
    let pairs = request.query.map { "\($0.name)=\($0.value)" }.sorted()
    return switch sight {
    case .everything: pairs.joined(separator: "&")
    case .person(let own): "\(own)|" + pairs.joined(separator: "&")
    }
  }

  private func page(_ query: TessQuery, _ filter: TessFilter, _ now: Int64) -> TessPage {
    // One more than fits tells whether there are more.
    let rows = book.rows(query.window, filter, offset: query.offset, limit: query.perPage + 1, at: now)
    return TessPage(
      rows: Array(rows.prefix(query.perPage)), hasMore: rows.count > query.perPage,
      total: options.paginationMembers ? book.count(query.window, filter, at: now) : 0,
      directory: company.directory, moment: now)
  }

  private func list(_ page: TessPage, _ query: TessQuery, _ faults: [Fault], _ now: Date) -> WireAnswer {
    var table = TessItems(page: page, options: options).table
    table.apply(faults, today: LocalCalendar.utc.day(at: now))
    var fields = [Cell.Field("items", .list(table.objects)), Cell.Field("has_more", .flag(page.hasMore))]
    if options.paginationMembers {
      fields += [
        Cell.Field("page", .integer(Int64(query.page))), Cell.Field("per_page", .integer(Int64(query.perPage))),
        Cell.Field("total", .integer(Int64(page.total + table.style.missingRows))),
      ]
    }
    return WireAnswer(200, "application/json", table.json(.object(fields)))
  }
}
