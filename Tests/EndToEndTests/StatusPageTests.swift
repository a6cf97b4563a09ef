import Collection
import Foundation
import Simulator
import StatusGallery
import StatusPage
import TestSupport
import Testing
import Usage

/// The status page in a browser, and as the running exporter serves it.
@Suite("The status page in Chromium")
struct StatusPageTests {
  private static let widths = [1280, 390]

  /// Every provider in every state, a crowd, and names as nobody should give them.
  private static var gallery: [(name: String, status: ExporterStatus)] {
    ProviderKind.allCases.map { ("every-\($0.rawValue)", StatusGallery.every($0)) }
      + Scene.allCases.map { ($0.rawValue.replacing(" ", with: "-"), StatusGallery.every($0)) }
      + [
        ("crowd", StatusGallery.crowd(300)), ("hostile", StatusGallery.hostile),
        ("empty", ExporterStatus(at: StatusGallery.now, workspaces: [])),
      ]
  }

  private static func pages() throws -> [StatusLayout.Page] {
    let page = try StatusPage(version: "0.1.0", telemetryPath: "/metrics")
    return gallery.map { StatusLayout.Page(name: $0.name, html: page.html($0.status)) }
  }

  @Test("fits, is readable and whole", arguments: widths, StatusLayout.Scheme.allCases)
  func layout(width: Int, scheme: StatusLayout.Scheme) async throws {
    let layout = StatusLayout(scratch: try Scratch())
    let pages = try Self.pages()
    let measured = try await layout.measure(pages, width: width, scheme)
    try #require(measured.count == pages.count)
    for (index, found) in measured.enumerated() {
      let (name, status) = Self.gallery[index]
      #expect(found.overflow == 0, "\(name) is \(found.overflow) px too wide")
      #expect(found.faint == [], "\(name)")
      #expect(found.clipped == [], "\(name)")
      #expect(found.handlers == 0)
      // The browser has mended nothing: each element is a tag of the page, and each tag an element.
      #expect(found.elements == pages[index].html.matches(of: #/<[a-z]/#).count, "\(name)")
      #expect(found.workspaces == status.workspaces.count, "\(name)")
      let isMany = status.workspaces.count > 24
      let detailed = status.workspaces.filter { !isMany || $0.state.needsAttention }
      #expect(found.collectors == detailed.reduce(0) { $0 + $1.collectors.count }, "\(name)")
      // The scheme was the one asked for.
      #expect(found.background == (scheme == .light ? "rgb(255, 255, 255)" : "rgb(17, 18, 23)"))
    }
  }

  @Test("shows the demo's four providers and the agents that are used most")
  func demo() async throws {
    let scratch = try Scratch()
    let exporter = try await ExporterProcess.start(["demo"], in: scratch)
    _ = try await HTTP.poll("everything is collected", for: .seconds(120)) { () -> Bool? in
      let scrape = try await HTTP.scrape(exporter.url + "/metrics")
      let success = scrape.values("agentusage_collector_success", where: [:]).values
      return success.count > 15 && success.allSatisfy { $0 == 1 } ? true : nil
    }
    let document = try await StatusLayout(scratch: scratch).document(of: exporter.url + "/")
    for words in ["None of 4 workspaces needs attention", "Shop-Berater", "Kundenhilfe", "Produktbilder", "Termin-Bot"]
    {
      #expect(document.contains(words), "\(words)")
    }
    #expect(document.matches(of: #/<details class="workspace"/#).count == 4)
    #expect(document.matches(of: #/<path class="today"/#).count == 30)
    try await Self.expectOwnStyle(try await HTTP.get(exporter.url + "/"), in: scratch)
    let configuration = try await HTTP.get(exporter.url + "/config").text
    #expect(configuration.matches(of: #/api_key: <secret>/#).count == 4)
    exporter.child.signal(SIGTERM)
    #expect(await exporter.child.wait() == 0)
  }

  /// Browsers apply the page's style only if its hash is the policy's.
  private static func expectOwnStyle(_ answer: HTTP.Answer, in scratch: Scratch) async throws {
    let style = try #require(answer.text.firstMatch(of: #/<style>((?s:.*?))</style>/#)?.1)
    let file = try scratch.write("page.css", String(style))
    let digest = try Child(try Child.find("sha256sum"), [file], in: scratch.path)
    try #require(await digest.wait() == 0)
    let digits = Array(digest.log.prefix(64))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    let hash = Data(bytes).base64EncodedString()
    #expect(answer.headers["content-security-policy"]?.contains("style-src 'sha256-\(hash)'") == true, "\(hash)")
  }

  @Test("says of each provider what is wrong, and tells no key and nobody's name")
  func troubles() async throws {
    let scratch = try Scratch()
    let clock = SystemClock()
    let company = Company(.init(today: LocalCalendar.utc.day(at: clock.now()), historyDays: 10))
    try await Simulator(company: company, clock: clock, configuration: .init()).withRunning { simulator in
      let file = try scratch.write(
        "config.yml",
        ExporterProcess.configuration(simulator) + ExporterProcess.rest(simulator)
          + "\n    collectors: { executions: { min_interval: 1s } }\n")
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", ":memory:"], environment: ExporterProcess.keys(simulator),
        in: scratch)
      _ = try await HTTP.get(exporter.url + "/metrics")
      simulator.faults.inject(.unauthorized, at: .dust)
      simulator.faults.inject(.rateLimited(.seconds(600)), at: .tess)
      simulator.faults.inject(.unavailable(.none), at: .langdock)
      simulator.faults.inject(.hang, at: .agentPhone)
      let told = ["Credential refused", "Rate limited", "Failing"]
      let page = try await HTTP.poll("all three failures are told", for: .seconds(60)) { () -> String? in
        _ = try await HTTP.get(
          exporter.url + "/metrics", headers: ["X-Prometheus-Scrape-Timeout-Seconds": "1"])
        let page = try await HTTP.get(exporter.url + "/").text
        return told.allSatisfy(page.contains) ? page : nil
      }
      for words in ["3 of 4 workspaces need attention", "Fine", "Paused, goes on", "collecting now"] {
        #expect(page.contains(words), "\(words)")
      }
      let configuration = try await HTTP.get(exporter.url + "/config").text
      for secret in ExporterProcess.keys(simulator).values {
        #expect(!page.contains(secret) && !configuration.contains(secret) && !exporter.child.log.contains(secret))
      }
      #expect(page.components(separatedBy: "</style>").last?.contains("@") == false)
      exporter.child.signal(SIGTERM)
      #expect(await exporter.child.wait() == 0)
    }
  }

  /// Not a test: writes every page of the gallery, as HTML and as pictures, into the folder that the environment names.
  @Test(
    "becomes pictures",
    .enabled(if: ProcessInfo.processInfo.environment["AGENTUSAGE_TEST_STATUS_PICTURES"] != nil))
  func pictures() async throws {
    let folder = try #require(ProcessInfo.processInfo.environment["AGENTUSAGE_TEST_STATUS_PICTURES"])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let layout = StatusLayout(scratch: try Scratch())
    let pages = try Self.pages()
    for width in Self.widths {
      let heights = try await layout.measure(pages, width: width, .light).map(\.height)
      for (page, height) in zip(pages, heights) {
        let file = "\(folder)/\(page.name).html"
        try page.html.write(toFile: file, atomically: true, encoding: .utf8)
        for scheme in StatusLayout.Scheme.allCases {
          try await layout.picture(
            of: "file://" + file, width: width, height: min(height, 12_000), scheme,
            as: "\(folder)/\(page.name)-\(width)-\(scheme).png")
        }
      }
    }
  }
}
