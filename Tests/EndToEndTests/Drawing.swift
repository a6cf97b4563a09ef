import Foundation
import Testing

/// The boards drawn by `DashboardPreview`, which was built with these tests.
struct Drawing: Sendable {
  let weeks: DemoWeeks

  /// - Parameters:
  ///   - boards: by name, as `overview`; all if there are none.
  ///   - selection: of variables with one value.
  ///   - withPictures: whether there is a PNG beside each HTML.
  func draw(_ boards: [String], selection: [String: String] = [:], into folder: String, withPictures: Bool = false)
    async throws
  {
    var arguments = [
      "--prometheus", weeks.prometheus.url, "--end", "\(Int(weeks.end.timeIntervalSince1970))", "--scrape-interval",
      "\(Int(weeks.plan.interval))s", "--uplot", try await Self.uplot(in: weeks.scratch.path), "--output", folder,
    ]
    arguments += boards.flatMap { ["--board", $0] }
    arguments += selection.flatMap { ["--select", "\($0.key)=\($0.value)"] }
    if withPictures { arguments += ["--chromium", try Child.find("chromium")] }
    let beside = URL(fileURLWithPath: try Child.exporter()).deletingLastPathComponent()
    let preview = try Child(
      beside.appendingPathComponent("DashboardPreview").path, arguments, in: weeks.scratch.path)
    try #require(await preview.wait() == 0, "\(preview.log)")
  }

  /// A page as Chromium has it when all its scripts have run.
  func document(of page: String) async throws -> String {
    let folder = weeks.scratch.path
    var arguments = [
      "--headless", "--disable-gpu", "--user-data-dir=\(folder)/profile", "--window-size=1600,3000", "--dump-dom",
    ]
    if getuid() == 0 { arguments.append("--no-sandbox") }
    let chromium = try Child(try Child.find("chromium"), arguments + ["file://\(page)"], in: folder)
    try #require(await chromium.wait() == 0, "\(chromium.log)")
    return chromium.log
  }

  /// Where the Python of the tests has uPlot.
  private static func uplot(in folder: String) async throws -> String {
    guard let python = ProcessInfo.processInfo.environment["AGENTUSAGE_TEST_PYTHON"] else {
      throw Child.Missing(
        description:
          "set AGENTUSAGE_TEST_PYTHON to a Python with Tests/DashboardsTests/checks/requirements.txt installed")
    }
    let child = try Child(python, ["-c", "import youplot; print(youplot.__path__[0])"], in: folder)
    try #require(await child.wait() == 0, "\(child.log)")
    return child.log.trimmingCharacters(in: .whitespacesAndNewlines) + "/vendor/uplot.iife.min.js"
  }
}
