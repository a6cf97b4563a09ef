import Foundation

/// What recording rules would have written into a Prometheus' past.
struct RecordedHistory: Sendable {
  let scratch: Scratch
  /// The blocks that rules read, and to which theirs are added.
  let tsdb: String

  /// Evaluates the rules' recordings over a past, those first that others read.
  ///
  /// - Parameter step: of the evaluation, in Prometheus' notation.
  /// - Throws: if the tool fails, or a level of rules wrote nothing at all.
  func record(_ rules: RuleFiles, from start: Date, to end: Date, every step: String, lookBack: String) async throws {
    for (index, level) in try rules.levels().enumerated() {
      var timed = level
      for group in timed.groups.indices { timed.groups[group].interval = step }
      // Prometheus evaluates a group at a moment within its interval that follows from file and name: the same for all
      // levels, so that each finds what the one before it wrote.
      let file = try scratch.write("recorded.yml", try timed.text())
      let output = scratch.path + "/level-\(index)"
      let prometheus = try await Prometheus.start(
        configuration: "{}", options: ["--query.lookback-delta=\(lookBack)"], tsdb: tsdb, in: scratch)
      let promtool = try Child(
        try Child.find("promtool"),
        [
          "tsdb", "create-blocks-from", "rules", "--max-block-duration=168h",
          "--start=\(start.ISO8601Format())", "--end=\(end.ISO8601Format())", "--url=\(prometheus.url)",
          "--output-dir=\(output)", file,
        ], in: scratch.path)
      let status = await promtool.wait()
      prometheus.child.signal(SIGTERM)
      await prometheus.child.wait()
      let blocks = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
      guard status == 0, !blocks.isEmpty else {
        throw Child.Missing(description: "level \(index) wrote \(blocks.count) blocks: \(promtool.log)")
      }
      for block in blocks {
        try FileManager.default.moveItem(atPath: output + "/" + block, toPath: tsdb + "/" + block)
      }
    }
  }
}
