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
    let document = try await drawing.document(of: folder + "/agentusage-overview.html")
    let run = try await weeks.run(try Self.board("overview"))
    let sections = document.matches(of: #/<section [^>]*class="(\w+)"[^>]*><h2>(.*?)</h2>(.*?)</section>/#)
    #expect(sections.count == run.board.panels.count)
    for (panel, section) in zip(run.board.panels, sections) {
      let title = panel.title.replacing("&", with: "&amp;")
      #expect(section.2 == title)
      let isAnswered = try await run.answers(to: panel).contains { !$0.series.isEmpty }
      if isAnswered { #expect(Self.shows(kind: section.1, section.3), "\(title) is blank") }
    }
  }

  /// Whether there is more in a panel than its frame.
  private static func shows(kind: Substring, _ content: Substring) -> Bool {
    switch kind {
    case "stat": content.contains(#/<span [^>]*>[^<]+</span>/#)
    case "gauge": content.contains(#/<u style="width: [1-9]/#)
    case "table": content.contains(#/<td[^>]*>[^<–]+</td>/#)
    // The pixels that its lines or bars cover.
    case "chart": content.contains(#/data-painted="\d{3,}"/#)
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
