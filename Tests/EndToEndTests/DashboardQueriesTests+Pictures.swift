import Dashboards
import Foundation
import Testing

/// What is drawn of the boards.
extension DashboardQueriesTests {
  private static let selection = ["agent": "Kundenhilfe", "measure": "messages"]

  @Test("are drawn with every panel, and what was answered can be seen")
  func document() async throws {
    let weeks = try #require(DemoWeeks.current)
    let folder = weeks.scratch.path + "/drawn"
    let drawing = Drawing(weeks: weeks)
    try await drawing.draw([], selection: Self.selection, into: folder)
    for name in Self.names {
      let document = try await drawing.document(of: folder + "/agentusage-\(name).html")
      let run = try await weeks.run(try Self.board(name), .all, name == "agent" ? Self.selection : [:])
      // An agent's name may have more than one line.
      let section = #/<section [^>]*class="(\w+)"[^>]*><h2>(.*?)</h2>(.*?)</section>/#.dotMatchesNewlines()
      let sections = document.matches(of: section)
      #expect(sections.count == run.board.panels.count, "\(name)")
      for (panel, section) in zip(run.board.panels, sections) {
        let title = panel.title.replacing("&", with: "&amp;")
        #expect(section.2 == title)
        let isAnswered = try await run.answers(to: panel).contains { !$0.series.isEmpty }
        // With a sample an hour, windows of an hour have few values, each of which is a dot.
        let pixels = name == "health" ? 1 : 100
        if isAnswered { #expect(Self.shows(kind: section.1, section.3, pixels), "\(name): \(title) is blank") }
      }
    }
  }

  /// Whether there is more in a panel than its frame.
  ///
  /// - Parameter pixels: that the lines or bars of a chart cover at least.
  private static func shows(kind: Substring, _ content: Substring, _ pixels: Int) -> Bool {
    switch kind {
    case "stat": content.contains(#/<span [^>]*>[^<]+</span>/#)
    case "gauge": content.contains(#/<u style="width: [1-9]/#)
    case "table": content.contains(#/<td[^>]*>[^<–]+</td>/#)
    case "chart": content.firstMatch(of: #/data-painted="(\d+)"/#).flatMap { Int($0.1) } ?? 0 >= pixels
    default: false
    }
  }

  /// Not a test: what `grafana/README.md` says of how the pictures are made.
  @Test("become the pictures of grafana/pictures", .enabled(if: DemoWeeks.forPictures))
  func pictures() async throws {
    let weeks = try #require(DemoWeeks.current)
    let folder = Repository.path + "/grafana/pictures"
    let usage = ["overview", "agent", "spend", "adoption"]
    try await Drawing(weeks: weeks).draw(usage, selection: Self.selection, into: folder, withPictures: true)
    // An exporter's health is looked at by the hour.
    let days = try await DemoWeeks.build(.days)
    try await Drawing(weeks: days).draw(["health"], into: folder, withPictures: true)
    await days.end()
    for name in Self.names {
      try FileManager.default.removeItem(atPath: "\(folder)/agentusage-\(name).html")
      let quantizer = try Child(
        try Child.find("pngquant"), ["--force", "--ext", ".png", "\(folder)/agentusage-\(name).png"],
        in: weeks.scratch.path)
      try #require(await quantizer.wait() == 0, "\(quantizer.log)")
    }
  }
}
