import ArgumentParser
import Dashboards
import Foundation

/// Draws the boards as pictures, from their JSON and the answers of a Prometheus: a stand-in for a Grafana where there is
/// none, and a test that what the queries answer can be read.
@main
struct Preview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "DashboardPreview",
    abstract: "Draws grafana/dashboards as HTML and PNG from what a Prometheus answers.")

  @Option(help: "Base URL of the Prometheus, as http://localhost:9090.")
  var prometheus: String

  @Option(help: "End of the boards' range, in seconds since 1970.")
  var end: Double

  @Option(help: "uplot.iife.min.js of uPlot 1.6, with uplot.min.css beside it.")
  var uplot: String

  @Option(help: "Folder for the pictures.")
  var output: String

  @Option(help: "A board, as overview; may be repeated. (default: all)")
  var board: [String] = []

  @Option(name: .customLong("scrape-interval"), help: "The scrape interval that is set in the data source.")
  var scrapeInterval = "1m"

  @Option(help: "What is chosen of a variable of single values, as agent=Service-Telefon; may be repeated.")
  var select: [String] = []

  @Option(help: "The Chromium that makes the PNGs; none for HTML alone.")
  var chromium: String?

  func run() async throws {
    let page = try Page(uplot: uplot)
    let folder = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in try files() {
      let scene = try await scene(of: try Board.read(Data(file.contents.utf8)))
      let place = folder.appendingPathComponent(String(file.path.dropLast(".json".count)))
      let html = place.appendingPathExtension("html")
      try Data(page.html(of: scene).utf8).write(to: html)
      guard let chromium else { continue }
      let size = Browser.Size(width: scene.width, height: scene.height)
      try await Browser(executable: chromium).picture(of: html, size, as: place.appendingPathExtension("png"))
    }
  }

  private func files() throws -> [DashboardFiles.File] {
    let all = DashboardFiles.all.filter { $0.path.hasSuffix(".json") }
    if board.isEmpty { return all }
    return try board.map { name in
      guard let file = all.first(where: { $0.path == "agentusage-\(name).json" }) else {
        let known = all.map { $0.path.dropFirst("agentusage-".count).dropLast(".json".count) }.joined(separator: ", ")
        throw ValidationError("--board must be one of \(known), not \(name)")
      }
      return file
    }
  }

  private func scene(of board: Board) async throws -> Scene {
    guard let interval = GrafanaDuration.parse(scrapeInterval) else {
      throw ValidationError("--scrape-interval must be a duration as 1m, not \(scrapeInterval)")
    }
    let run = try await BoardRun(
      board, on: PrometheusAPI(url: prometheus), now: end, scrapeInterval: interval,
      width: Double(Scene.gridWidth), pick: .all, preferred: try selected())
    return try await SceneBuilder(run).scene()
  }

  private func selected() throws -> [String: String] {
    try select.reduce(into: [:]) { selected, text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--select must be a variable and a value, not \(text)") }
      selected[parts[0]] = parts[1]
    }
  }
}
