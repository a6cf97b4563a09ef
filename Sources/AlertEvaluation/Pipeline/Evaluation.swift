import Foundation

/// The whole experiment: history, rules, alerts.
struct Evaluation {
  let folder: String
  let grid: ThresholdGrid
  let companies: [Company]
  let publications: [Publication]
  let resolution: Int
  let progress: Progress

  private var backfill: Backfill { Backfill(folder: folder, resolution: resolution) }
  private var seasons: [Season] { Set(companies.map(\.season)).sorted { $0.start < $1.start } }

  /// Instant selectors must see the sample before, however far apart the evaluations are.
  private var lookBack: Int { max(300, resolution) }

  /// - Returns: every alarm of the usage alerts in the evaluated weeks, for each of the grid's settings.
  func run() async throws -> [Setting: [Alarm]] {
    let alerts = grid.settings.flatMap(\.alerts).reduce(into: [Rule]()) { if !$0.contains($1) { $0.append($1) } }
    let levels = try RuleLevels(of: alerts, among: grid.rules, scraped: History.metrics)
    if !levels.absent.isEmpty { progress.tell("not in the history: \(levels.absent.sorted().joined(separator: ", "))") }
    try await writeHistory(levels.inputs)
    for (number, level) in levels.levels.enumerated() {
      let prometheus = try await Prometheus.start(in: folder, lookBack: lookBack)
      try await backfill.record(level, number: number, seasons: seasons, from: prometheus)
      await prometheus.stop()
      try backfill.adopt(level: number, seasons: seasons)
      progress.tell("level \(number): \(level.rules.count) rules, \(level.reach / 86_400) d before the evaluated weeks")
    }
    let prometheus = try await Prometheus.start(in: folder, lookBack: lookBack)
    let recorded = levels.levels.flatMap(\.rules).compactMap(\.record)
    let alarms = try await alarms(of: alerts, recorded: recorded, from: prometheus)
    await prometheus.stop()
    return Dictionary(
      grid.settings.map { ($0, $0.alerts.flatMap { alarms[$0] ?? [] }) }, uniquingKeysWith: { first, _ in first })
  }

  private func writeHistory(_ metrics: Set<String>) async throws {
    let files = try WeekFiles(in: folder + "/history")
    try History(companies: companies, publications: publications).write(metrics, to: files)
    let paths = try files.close()
    progress.tell("history: \(files.samples) samples of \(companies.count) companies")
    try await backfill.load(paths)
    progress.tell("history loaded")
  }

  private func alarms(
    of alerts: [Rule], recorded: [String], from prometheus: Prometheus
  ) async throws -> [Rule: [Alarm]] {
    var alarms: [Rule: [Alarm]] = [:]
    for season in seasons {
      let phase = try await phase(of: recorded, in: season, on: prometheus)
      let first = season.evaluated.lowerBound + phase
      for alert in alerts {
        let series = try await prometheus.query(alert.expr, over: first..<season.evaluated.upperBound, step: resolution)
        alarms[alert, default: []] += try self.alarms(of: alert, in: series, season: season)
      }
      progress.tell("season \(season.name): \(alarms.values.reduce(0) { $0 + $1.count }) alarms so far")
    }
    return alarms
  }

  /// At how many seconds after a multiple of the resolution promtool evaluated; tells of metrics without a sample.
  private func phase(of recorded: [String], in season: Season, on prometheus: Prometheus) async throws -> Int {
    var last = 0
    for metric in Set(recorded).sorted() {
      let time = season.end - Season.step
      let present = "count(count_over_time(\(metric)[2w]))"
      if try await prometheus.query(present, over: time..<time, step: resolution).isEmpty {
        progress.tell("\(metric) has no sample in season \(season.name)")
      }
      last = max(last, try await prometheus.lastSample(of: metric, before: time, window: resolution) ?? 0)
    }
    guard last > 0 else { throw EvaluationError("no rule was recorded at the end of season \(season.name)") }
    return last % resolution
  }

  private func alarms(of alert: Rule, in series: [Prometheus.Series], season: Season) throws -> [Alarm] {
    let state = FiringState(
      hold: try seconds(alert.hold, of: alert), keep: try seconds(alert.keepFiringFor, of: alert), step: resolution)
    let workspaces = Set(companies.filter { $0.season == season }.map(\.name))
    return series.flatMap { series -> [Alarm] in
      let labels = series.metric.merging(alert.labels ?? [:]) { $1 }
      guard let publication = labels["provider"].flatMap(Publication.init), let workspace = labels["workspace"],
        workspaces.contains(workspace)
      else { return [] }
      return state.episodes(of: series.times).map {
        Alarm(
          alert: alert.alert ?? "", severity: labels["severity"] ?? "", publication: publication, workspace: workspace,
          agentID: labels["agent_id"] ?? "", episode: $0)
      }
    }
  }

  private func seconds(_ duration: String?, of alert: Rule) throws -> Int {
    guard let duration else { return 0 }
    guard let seconds = PrometheusDuration.seconds(duration) else {
      throw EvaluationError("\(alert.alert ?? ""): \(duration) is no duration")
    }
    return seconds
  }
}
