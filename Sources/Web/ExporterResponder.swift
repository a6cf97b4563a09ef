package import Collection
import Exposition
import HTTPTypes
package import Hummingbird
import NIOCore
package import Publication
package import Settings
package import StatusPage
import Usage

/// Answers the exporter's routes. Paths are few and fixed, so they are matched as they are.
package struct ExporterResponder: ReadyResponder {
  package typealias Context = BasicRequestContext

  private let coordinator: ScrapeCoordinator
  private let standing: ExporterStanding
  private let body: MetricsBody
  private let negotiator = Negotiator()
  private let timeout: ScrapeTimeout
  private let telemetryPath: String
  private let collectors: Set<String>
  private let status: StatusRoute
  private let settings: @Sendable () -> Settings
  private let lifecycle: Lifecycle

  /// - Parameters:
  ///   - collectors: every collector of every provider, for `collect[]`.
  ///   - settings: the running configuration, for `/config`.
  package init(
    coordinator: ScrapeCoordinator, publisher: Publisher, standing: ExporterStanding, telemetryPath: String,
    timeout: ScrapeTimeout, collectors: Set<String> = [], page: StatusPage, reader: StatusReader,
    settings: @escaping @Sendable () -> Settings, lifecycle: Lifecycle = Lifecycle()
  ) {
    self.coordinator = coordinator
    self.standing = standing
    body = MetricsBody(publisher: publisher, standing: standing)
    self.timeout = timeout
    self.telemetryPath = telemetryPath
    self.collectors = collectors
    self.lifecycle = lifecycle
    status = StatusRoute(page: page, reader: reader)
    self.settings = settings
  }

  /// Makes what scrapes ask for ready whenever something was published, until it is cancelled.
  package func keepBodiesReady() async { await body.keepReady() }

  /// The same, once and now.
  package func prepareBodies() { body.prepare() }

  package func respond(to request: Request, context: Context) async throws -> Response {
    if let ready = readyAnswer(to: request.head, largest: .max) { return ready.response }
    let (handler, response) =
      [Self.healthy, Self.ready].contains(request.uri.path)
      ? await answer(request)
      // Connections are served on their event loops, where others wait.
      : await withTaskExecutorPreference(globalConcurrentExecutor) { await answer(request) }
    standing.countRequest(handler: handler, code: response.status.code)
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// Everything, if nothing is due and the body is made, but for what the exporter tells of itself.
  package func readyAnswer(to request: HTTPRequest, largest: Int) -> ReadyAnswer? {
    let start = ContinuousClock.now
    guard request.method == .get, request.path == telemetryPath, coordinator.isQuiet else { return nil }
    let answer = negotiator.negotiate(request.headerFields)
    guard let published = body.ready(answer.variant, largest: largest) else { return nil }
    standing.countScrape(served: Served.cached.rawValue, seconds: start.duration(to: .now).seconds)
    let ready = scraped(answer, published)
    standing.countRequest(handler: telemetryPath, code: ready.head.status.code)
    return ready
  }

  private static let timeoutHeader = HTTPField.Name("X-Prometheus-Scrape-Timeout-Seconds")
  private static let healthy = "/-/healthy"
  private static let ready = "/-/ready"
  private static let reload = "/-/reload"
  private static let probe = "/probe"

  private func answer(_ request: Request) async -> (handler: String, Response) {
    let handler: String
    switch request.uri.path {
    case telemetryPath, Self.probe, "/", "/config", Self.healthy, Self.ready, Self.reload: handler = request.uri.path
    default: return ("other", .text(.notFound, "There is nothing here.\n"))
    }
    let allowed: [HTTPRequest.Method] = handler == Self.reload ? [.post, .put] : [.get, .head]
    guard allowed.contains(request.method) else {
      let names = allowed.map(\.rawValue).joined(separator: ", ")
      var response = Response.text(.methodNotAllowed, "Here only these are answered: \(names).\n")
      response.headers[.allow] = names
      return (handler, response)
    }
    switch handler {
    case Self.reload: return (handler, await reload())
    case telemetryPath:
      return (
        handler,
        await scrape(request) { query throws(ScrapeQuery.Fault) in try .metrics(query, known: collectors) }
      )
    case Self.probe:
      return (
        handler,
        await scrape(request) { query throws(ScrapeQuery.Fault) in
          try .probe(query, among: coordinator.workspaces)
        }
      )
    case Self.healthy: return (handler, .text(.ok, "agent-usage-exporter is healthy.\n"))
    case Self.ready: return (handler, .text(.ok, "agent-usage-exporter is ready.\n"))
    case "/config": return (handler, .configuration(settings()))
    default: return (handler, await status.answer())
    }
  }

  private func scrape(
    _ request: Request, _ parse: (String?) throws(ScrapeQuery.Fault) -> ScrapeQuery
  ) async -> Response {
    do {
      return await answer(request, try parse(request.uri.query))
    } catch {
      return .text(.badRequest, error.message + "\n")
    }
  }

  private func answer(_ request: Request, _ query: ScrapeQuery) async -> Response {
    let start = ContinuousClock.now
    let header = Self.timeoutHeader.flatMap { request.headers[$0] }
    let served = await coordinator.scrape(patience: timeout.patience(header: header), query.selection)
    let answer = negotiator.negotiate(request.headers)
    let published = body.published(answer.variant, query.selection)
    standing.countScrape(served: served.rawValue, seconds: start.duration(to: .now).seconds)
    return scraped(answer, published, includesExporter: query.includesExporter).response
  }

  private func scraped(
    _ answer: Negotiator.Answer, _ published: MetricsBody.Published, includesExporter: Bool = true
  ) -> ReadyAnswer {
    ReadyAnswer(
      headers: answer.headers, body: body.buffers(published, answer.variant, includesExporter: includesExporter))
  }

  private func reload() async -> Response {
    guard let reload = lifecycle.reload else {
      return .text(.forbidden, "Lifecycle API is not enabled: start with --web.enable-lifecycle, or send SIGHUP.\n")
    }
    switch await reload() {
    case .reloaded: return .text(.ok, "The configuration was read again.\n")
    case .refused(let message):
      return .text(.internalServerError, "The old configuration stays in force:\n\(message)\n")
    case .stopping: return .text(.serviceUnavailable, "The exporter is stopping.\n")
    }
  }
}

extension Response {
  fileprivate static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8", .xContentTypeOptions: "nosniff"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
