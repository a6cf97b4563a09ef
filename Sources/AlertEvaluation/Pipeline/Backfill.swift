import Foundation
import Yams

/// Fills a Prometheus' folder with history, by promtool.
struct Backfill {
  let folder: String
  /// Seconds between two evaluations of a rule.
  let resolution: Int
  /// How many processes work at a time.
  private static let width = 2

  private var data: String { folder + "/data" }

  /// Loads OpenMetrics files, and removes them.
  func load(_ files: [String]) async throws {
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try await Self.each(of: files) { file in
      try await Child(
        "promtool", ["tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=168h", file, data],
        in: folder
      ).succeed()
      try FileManager.default.removeItem(atPath: file)
    }
  }

  /// Records a level of rules over each season.
  ///
  /// - Throws: ``EvaluationError`` when nothing comes of it, which promtool itself does not tell.
  func record(_ level: RuleLevels.Level, number: Int, seasons: [Season], from prometheus: Prometheus) async throws {
    let parts = Dictionary(grouping: level.rules.indices) { index in
      Part(index: index % Self.width, interval: interval(of: level.rules[index]))
    }
    var jobs: [Job] = []
    for season in seasons {
      let start = max(season.start, season.evaluated.lowerBound - level.reach - 3600)
      for (part, indices) in parts {
        let jobFolder = folder(of: number, season) + "/\(part.index)-\(part.interval)s"
        jobs.append(
          Job(
            folder: jobFolder, rules: indices.map { level.rules[$0] }, interval: part.interval, span: start..<season.end
          ))
      }
    }
    try await Self.each(of: jobs) { try await $0.run(url: prometheus.url) }
  }

  private struct Part: Hashable {
    let index: Int
    let interval: Int
  }

  /// A rule that compares with a little while ago sees every change only if it is evaluated as often; that these samples
  /// are more than the resolution's does no harm, since those are among them.
  private func interval(of rule: Rule) -> Int {
    let offset = PromQLReading(rule.expr).shortestOffset ?? resolution
    return offset < resolution ? Season.step : resolution
  }

  private func folder(of level: Int, _ season: Season) -> String { "\(folder)/level-\(level)-\(season.name)" }

  /// Moves what a level recorded to the other blocks, while Prometheus is stopped.
  func adopt(level number: Int, seasons: [Season]) throws {
    for season in seasons {
      var count = 0
      let parts = folder(of: number, season)
      for part in try FileManager.default.contentsOfDirectory(atPath: parts) {
        let blocks = "\(parts)/\(part)/blocks"
        for block in (try? FileManager.default.contentsOfDirectory(atPath: blocks)) ?? [] {
          try FileManager.default.moveItem(atPath: "\(blocks)/\(block)", toPath: "\(data)/\(block)")
          count += 1
        }
      }
      guard count > 0 else {
        throw EvaluationError(
          "promtool recorded nothing in level \(number) of season \(season.name): run again with --keep and query the "
            + "rules' expressions on \(data)")
      }
    }
  }

  /// Runs `body` for each, a few at a time.
  private static func each<Item: Sendable>(
    of items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var waiting = items.makeIterator()
      for _ in 0..<width {
        if let item = waiting.next() { group.addTask { try await body(item) } }
      }
      while try await group.next() != nil {
        if let item = waiting.next() { group.addTask { try await body(item) } }
      }
    }
  }
}

/// One run of promtool over some rules of a level.
private struct Job: Sendable {
  let folder: String
  let rules: [Rule]
  /// Seconds between two evaluations; a divisor of the resolution, so that the seconds are the same.
  let interval: Int
  let span: Range<Int>

  /// The file and the group are called the same in every run: promtool derives from these names at which seconds of an
  /// interval it evaluates, and all levels must do so at the same ones.
  func run(url: String) async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = RuleFile(groups: [.init(name: "level", interval: "\(interval)s", rules: rules)])
    try YAMLEncoder().encode(file).write(toFile: folder + "/rules.yml", atomically: true, encoding: .utf8)
    try await Child(
      "promtool",
      [
        "tsdb", "create-blocks-from", "rules", "--quiet", "--max-block-duration=168h", "--start=\(span.lowerBound)",
        "--end=\(span.upperBound)", "--url=\(url)", "--output-dir=blocks", "rules.yml",
      ], in: folder
    ).succeed()
  }
}
