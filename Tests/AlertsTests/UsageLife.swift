/// Agents of one workspace as an exporter shows them hour by hour. The play begins on a Thursday, at promtool's epoch.
struct UsageLife: Sendable {
  struct Agent: Sendable {
    let id: String
    let name: String
    var measure = "messages"
    /// Uses in the hour that begins at this one.
    var hourly: @Sendable (Int) -> Double
    /// The first hour with a counter.
    var since = 0
  }

  static let hours = 37 * 24
  /// The first hour of a Wednesday, five weeks in.
  static let wednesday = 34 * 24

  var labels = #"provider="dust",workspace="acme""#
  var agents: [Agent]
  /// Hours in which nothing is collected; their usage arrives at once after them.
  var outage: Range<Int>?
  /// The first hour in which nothing is collected any more.
  var unreadSince: Int?

  /// Days since Monday.
  static func weekday(_ hour: Int) -> Int { (hour / 24 + 3) % 7 }

  /// Monday to Friday, eight to six.
  @Sendable static func office(_ rate: Double) -> @Sendable (Int) -> Double {
    { hour in weekday(hour) < 5 && (8..<18).contains(hour % 24) ? rate : 0 }
  }

  /// Day and night.
  @Sendable static func always(_ rate: Double) -> @Sendable (Int) -> Double { { _ in rate } }

  var series: [InputSeries] {
    agents.flatMap(series(of:)) + [
      sampled("agentusage_collector_catching_up", #",collector="agents""#) { hour in
        outage.map { hour == $0.upperBound } == true ? 1 : 0
      },
      sampled("agentusage_collector_last_success_timestamp_seconds", #",collector="agents""#) { hour in
        let read = min(hour, unreadSince ?? hour)
        return Double(3600 * (outage?.contains(read) == true ? (outage?.lowerBound ?? 1) - 1 : read)) + 1
      },
      sampled("agentusage_collector_enabled", #",collector="agents""#) { _ in 1 },
    ]
  }

  private func series(of agent: Agent) -> [InputSeries] {
    var total = 0.0
    let totals = (0...Self.hours).map { hour in
      defer { total += agent.hourly(hour) }
      return total
    }
    let identity = #",agent_id="\#(agent.id)""#
    return [
      sampled("agentusage_agent_\(agent.measure)_total", identity) { hour in
        hour < agent.since ? nil : totals[outage?.contains(hour) == true ? (outage?.lowerBound ?? 1) - 1 : hour]
      },
      sampled("agentusage_agent_info", identity + #",agent_name="\#(agent.name)""#) { $0 < agent.since ? nil : 1 },
    ]
  }

  private func sampled(_ name: String, _ extra: String, _ value: (Int) -> Double?) -> InputSeries {
    InputSeries("\(name){\(labels)\(extra)}", steps: Self.hours + 1, value)
  }

  /// The same, seen by one of several exporters.
  func seen(by instance: String) -> UsageLife {
    var life = self
    life.labels += #",job="usage",instance="\#(instance)""#
    return life
  }
}
