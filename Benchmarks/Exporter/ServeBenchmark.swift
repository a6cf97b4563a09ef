import ArgumentParser
import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import Publication
import ServiceLifecycle
import Settings
import StatusPage
import Synchronization
import UnixSignals
import Upstream
import Usage
import Web

struct ServeBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the series of a fixture by the exporter's own publication and server.",
    discussion: "A POST to /-/touch changes every counter, and answers in how many milliseconds the bodies were ready.")

  @Argument(help: "A line for each agent: labels and values with tabs between.") var fixture: String
  @Option(help: "Where to listen on loopback.") var port: Int

  func run() async throws {
    let publisher = Publisher(SeriesFixture.families)
    let series = try SeriesFixture(path: fixture)
    series.publish(to: publisher)
    let standing = ExporterStanding(version: "benchmark", served: Served.allCases.map(\.rawValue), loadedAt: Date())
    let clock = SystemClock()
    let coordinator = ScrapeCoordinator(
      ledger: try Ledger(database: .inMemory()), clock: clock, standing: standing)
    let responder = ExporterResponder(
      coordinator: coordinator, publisher: publisher, standing: standing, telemetryPath: "/metrics",
      timeout: ScrapeTimeout(offset: 0.5), page: try StatusPage(version: "benchmark", telemetryPath: "/metrics"),
      reader: StatusReader(coordinator: coordinator, clock: clock), settings: { Settings(workspaces: []) })
    let touching = TouchingResponder(base: responder, publisher: publisher, series: series)
    let guarded = GuardedResponder(touching, security: nil, standing: standing, telemetryPath: "/metrics")
    let server = ExporterServer.make(
      guarded, on: .address(ListenAddress(host: "127.0.0.1", port: port)), logger: Logger(label: "benchmark")
    ) { _ in
      print("ready")
      fflush(nil)
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "benchmark")))
    try await group.run()
  }
}

/// The exporter's routes, and one that changes the series.
private final class TouchingResponder: ReadyResponder {
  typealias Context = BasicRequestContext

  private let base: ExporterResponder
  private let publisher: Publisher
  private let series: Mutex<SeriesFixture>

  init(base: ExporterResponder, publisher: Publisher, series: SeriesFixture) {
    self.base = base
    self.publisher = publisher
    self.series = Mutex(series)
  }

  func readyAnswer(to request: HTTPRequest, largest: Int) -> ReadyAnswer? {
    base.readyAnswer(to: request, largest: largest)
  }

  @concurrent func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    guard request.uri.path == "/-/touch", request.method == .post else {
      return try await base.respond(to: request, context: context)
    }
    let start = ContinuousClock.now
    series.withLock { series in
      series.grow()
      series.publish(to: publisher)
    }
    base.prepareBodies()
    let milliseconds = start.duration(to: .now) / .milliseconds(1)
    return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "\(milliseconds)\n")))
  }
}
