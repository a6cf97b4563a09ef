import ArgumentParser
import Foundation
import Logging
import Settings
import Simulator
import Usage
import Web

/// The exporter over a simulated company: everything is real but the vendors.
struct Demo: Sendable {
  let options: DemoOptions
  let web: ResolvedWebOptions
  let logger: Logger

  func run() async throws {
    let present = SystemClock()
    let plan = options.history.map { $0.plan(before: present.now()) }
    let past = plan.map { SteppedClock($0.start) }
    let clock: any WallClock = past ?? options.clock(from: present.now())
    let company = Company(try options.company(today: LocalCalendar.utc.day(at: present.now())))
    try await Simulator(company: company, clock: clock, configuration: vendors).withRunning { simulator in
      let folder = try Self.temporaryFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let settings = try DemoSettings.load(for: simulator, isSteady: plan != nil).only(options.providers)
      // The ledger goes with the demo anyway, and of a past half the time would be spent on waiting for the disk.
      let statePath = plan == nil ? folder : ":memory:"
      var exporter = Exporter(
        settings: settings.inThePresent(speed: options.speed), statePath: statePath, web: web, logger: logger,
        environment: [:], clock: clock)
      if let plan, let past {
        exporter.history = History(
          plan: plan, wall: present, clock: past, present: options.clock(from:), speed: options.speed,
          settings: settings.inThePast(step: plan.step), instance: instance, telemetryPath: web.telemetryPath,
          logger: logger)
        let hours = BadHours(before: present.now(), faults: simulator.faults)
        exporter.history?.beforeScrape = hours.reach
      }
      exporter.ready = announce
      try await exporter.run()
    }
  }

  private var vendors: Simulator.Configuration {
    var vendors = Simulator.Configuration()
    // Tess caches its pages for a minute, longer than anybody looks at a demo.
    vendors.tess.pageCache = 5
    // A download follows at once, but at once may be many minutes of a clock that runs fast.
    vendors.langdock.downloadLifetime *= max(1, Int(options.speed.rounded(.up)))
    return vendors
  }

  private var address: ListenAddress { web.addresses.first ?? .standard }

  private var scheme: String { web.security?.usesTLS == true ? "https" : "http" }

  /// Where a Prometheus on this machine scrapes.
  private var instance: String { String(address.localURL.dropFirst("http://".count)) }

  private static func temporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "agent-usage-exporter-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  @Sendable private func announce() {
    let url = scheme + address.localURL.dropFirst("http".count)
    let counters = options.history == nil ? "counters start at 0 and grow" : "counters go on where the past ends"
    Console.print(
      """
      A simulated company is being collected. Open:
        \(url)\(web.telemetryPath)   metrics: \(counters) with every scrape
        \(url)/          how everything fares, and the agents used most
      Ctrl-C ends it.
      """)
  }
}
