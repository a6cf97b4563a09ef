/// The evaluation's result.
package struct Report: Sendable, Hashable, Codable {
  /// A false alarm in a company in which nothing was to be told.
  package struct QuietAlarm: Sendable, Hashable, Codable {
    package let event: String
    package let publication: String
    package let alert: String
    package let severity: String
    package let agentID: String
    /// Days after the season's start.
    package let day: Double
  }

  package struct Silence: Sendable, Hashable, Codable {
    package let publication: String
    /// Episodes of the alert of silence in a week of 50 agents.
    package let alarms: Double
  }

  package let seeds: [UInt64]
  package let resolution: Int
  package let scores: [Score]
  package let silences: [Silence]
  package let quietEvents: [String]
  package let quietAlarms: [QuietAlarm]
  /// Other thresholds, to be compared with these.
  package var settings: [SettingScore] = []
  /// What is not as it should be.
  package let failures: [String]

  init(
    _ alarms: [Alarm], companies: [Company], seeds: [UInt64], publications: [Publication], resolution: Int,
    targets: [Target]
  ) {
    self.seeds = seeds
    self.resolution = resolution
    let spikes = companies.flatMap(\.spikes)
    let busy = companies.filter { $0.event == nil }
    scores = publications.flatMap { publication in
      ["info", "warning"].map {
        Score(alarms.of(busy), spikes: spikes, workspaces: busy.count, publication: publication, severity: $0)
      }
    }
    silences = publications.map { publication in
      let agents = Dictionary(
        grouping: alarms.of(busy).filter { $0.alert == UsageAlert.silent && $0.publication == publication },
        by: { "\($0.workspace)/\($0.agentID)" })
      let episodes = agents.values.reduce(0) { $0 + $1.map(\.episode).merged().count }
      return Silence(publication: publication.rawValue, alarms: Double(episodes) / Double(2 * max(busy.count, 1)))
    }
    let quiet = companies.filter { $0.event != nil }
    quietEvents = quiet.map(\.name)
    quietAlarms = quiet.flatMap { company in
      alarms.of([company]).map {
        QuietAlarm(
          event: company.name, publication: $0.publication.rawValue, alert: $0.alert, severity: $0.severity,
          agentID: $0.agentID, day: Double($0.episode.start - company.season.start) / 86_400)
      }
    }
    let judged = scores.filter { score in publications.contains { $0.rawValue == score.publication && $0.isJudged } }
    failures =
      targets.flatMap { target in judged.flatMap(target.failures) }
      + (quietAlarms.isEmpty ? [] : ["\(quietAlarms.count) alarms in quiet companies, not 0"])
  }
}

extension [Alarm] {
  fileprivate func of(_ companies: [Company]) -> [Alarm] {
    let names = Set(companies.map(\.name))
    return filter { names.contains($0.workspace) }
  }
}
