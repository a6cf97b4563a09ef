/// How the alerts of one severity did on one publication.
package struct Score: Sendable, Hashable, Codable {
  package struct Found: Sendable, Hashable, Codable {
    package var detected = 0
    package var total = 0
  }

  package struct Missed: Sendable, Hashable, Codable {
    package let workspace: String
    package let agentID: String
    package let kind: String
    package let size: Double
    package let volume: Double
    package let weekday: String
  }

  package struct Wrong: Sendable, Hashable, Codable {
    package let workspace: String
    package let agentID: String
    /// Which alert began.
    package let alert: String
    /// Unix seconds.
    package let start: Int
  }

  package let publication: String
  package let severity: String
  /// By kind of spike.
  package private(set) var found: [String: Found] = [:]
  package private(set) var missed: [Missed] = []
  /// False episodes of spike alerts, in order.
  package private(set) var wrong: [Wrong] = []
  /// Their number in a week of 50 agents.
  package private(set) var falseAlarms = 0.0
  /// Hours from a spike's start to its first alert; nil if none was detected.
  package private(set) var medianHours: Double?

  package var detected: Int { found.values.reduce(0) { $0 + $1.detected } }
  package var total: Int { found.values.reduce(0) { $0 + $1.total } }
  package var percent: Double { total == 0 ? 0 : 100 * Double(detected) / Double(total) }

  /// - Parameters:
  ///   - alarms: of all publications and severities.
  ///   - workspaces: how many there are, of 50 agents and two evaluated weeks each.
  package init(
    _ alarms: [Alarm], spikes: [Spike], workspaces: Int, publication: Publication, severity: String
  ) {
    self.publication = publication.rawValue
    self.severity = severity
    let alarms = alarms.filter {
      $0.publication == publication && $0.severity == severity && UsageAlert.spikes.contains($0.alert)
    }
    let agents = Dictionary(grouping: alarms) { "\($0.workspace)/\($0.agentID)" }
    var episodes = agents.mapValues { $0.map(\.episode).merged() }
    var hours: [Double] = []
    for spike in spikes {
      let agent = "\(spike.workspace)/\(spike.agentID)"
      let due = spike.start...spike.end + publication.grace
      let hits = episodes[agent, default: []].filter { due.overlaps($0.start...$0.end) }
      episodes[agent, default: []].removeAll { hits.contains($0) }
      found[spike.kind.rawValue, default: Found()].total += 1
      if let hit = hits.first {
        found[spike.kind.rawValue, default: Found()].detected += 1
        hours.append(Double(max(0, hit.start - spike.start)) / 3600)
      } else {
        missed.append(Missed(spike))
      }
    }
    wrong = episodes.flatMap { agent, episodes in
      episodes.compactMap { episode in agents[agent]?.first { $0.episode.start == episode.start }.map(Wrong.init) }
    }.sorted { ($0.start, $0.workspace, $0.agentID) < ($1.start, $1.workspace, $1.agentID) }
    falseAlarms = Double(wrong.count) / Double(2 * max(workspaces, 1))
    medianHours = Self.median(hours)
  }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension Score.Wrong {
  fileprivate init(_ alarm: Alarm) {
    workspace = alarm.workspace
    agentID = alarm.agentID
    alert = alarm.alert
    start = alarm.episode.start
  }
}

extension Score.Missed {
  fileprivate init(_ spike: Spike) {
    workspace = spike.workspace
    agentID = spike.agentID
    kind = spike.kind.rawValue
    size = spike.size
    volume = spike.volume
    weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][spike.weekday]
  }
}
