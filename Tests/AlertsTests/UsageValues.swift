/// Five weeks of agents of many kinds, and the limits that the rules are to compute from them.
enum UsageValues {
  /// Steps of three hours.
  static let day = 8
  static let steps = 37 * day + 1

  /// One series: its key, what is added in the step that begins at this one, the first step with a sample, and steps
  /// without one.
  struct Source: Sendable {
    let key: UsageModel.Key
    var since = 0
    var missing: Range<Int>
    let usage: @Sendable (Int) -> Double

    init(
      _ provider: String, _ workspace: String, _ agent: String, _ measure: String, since: Int = 0,
      missing: Range<Int> = 0..<0, _ usage: @escaping @Sendable (Int) -> Double
    ) {
      key = UsageModel.Key(provider: provider, workspace: workspace, agent: agent, measure: measure)
      self.since = since
      self.missing = missing
      self.usage = usage
    }

    /// Starts at 0.
    func samples(share: Double = 1) -> [Double?] {
      var total = 0.0
      return (0..<steps).map { step in
        defer { if step >= since { total += (usage(step) * share).rounded() } }
        return step < since || missing.contains(step) ? nil : total
      }
    }
  }

  /// From 0 to 1, the same in every run.
  static func chance(_ seed: UInt64, _ step: Int) -> Double {
    var bits = (seed &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(step) &* 0xBF58_476D_1CE4_E5B9)
    bits = (bits ^ (bits >> 29)) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ (bits >> 32)) % 10_000) / 10_000
  }

  /// Days since Monday; the play begins on a Thursday.
  private static func weekday(_ step: Int) -> Int { (step / day + 3) % 7 }

  static func office(_ rate: Double, _ seed: UInt64, noise: Double = 0.6) -> @Sendable (Int) -> Double {
    { step in
      let open = weekday(step) < 5 && (3...5).contains(step % day)
      return open ? rate * (1 - noise / 2 + noise * chance(seed, step)) : 0
    }
  }

  static let sources: [Source] = [
    Source("dust", "acme", "a1", "messages", office(60, 1)),
    Source("dust", "acme", "a1", "credits", office(190, 2)),
    Source("dust", "acme", "a2", "messages") { 25 * (0.3 + 1.4 * chance(3, $0)) },
    Source("dust", "acme", "a3", "messages") { weekday($0) == 2 && $0 % day == 2 ? 700 : 2 },
    Source("dust", "acme", "a4", "messages") { $0 % day == 3 ? 1 : 0 },
    Source("dust", "acme", "a5", "messages", since: 9 * day, office(40, 4)),
    Source("dust", "acme", "a6", "messages", since: 20 * day, office(40, 5)),
    Source("dust", "acme", "a7", "credits") { 8 * (0.5 + chance(6, $0)) },
    // Every day is like the others: less noise than is ordinary.
    Source("dust", "beta", "a1", "messages") { _ in 30 },
    // Nothing, or much: more noise than is ordinary.
    Source("tess", "acme", "a1", "messages") { chance(7, $0 / day) < 0.5 ? 0 : 90 },
    Source("agentphone", "acme", "a1", "calls", office(12, 9)),
    // Less and less: the last two weeks are below what this weekday was.
    Source("agentphone", "acme", "a2", "calls") { 40 * pow(0.5, Double($0 / day / 7)) },
    // Three times as much each week: the busiest is the last.
    Source("tess", "acme", "b1", "messages") { 5 * pow(3, Double($0 / day / 7)) },
    // Nothing is known of the third week before day 32; of the fourth neither, where the agent is new.
    Source("tess", "acme", "b2", "executions", missing: 10 * day..<12 * day + 5, office(30, 10)),
    Source("tess", "acme", "b3", "executions", since: 5 * day + 4, missing: 10 * day..<12 * day + 5, office(30, 11)),
    // On one day of the week alone: before a Monday's morning that is one day back, or six.
    Source("tess", "beta", "b4", "executions") { weekday($0) == 5 && (4...5).contains($0 % day) ? 200 : 1 },
    Source("tess", "beta", "b5", "executions") { weekday($0) == 0 && (4...5).contains($0 % day) ? 200 : 1 },
    // A week old on day 32: it has a limit's parts, and no noise yet.
    Source("dust", "gamma", "b7", "messages", since: 24 * day, office(50, 15)),
    // One use a day, and ten credits: a few uses are more than any noise.
    Source("dust", "delta", "b8", "messages") { $0 % day == 4 ? 1 : 0 },
    Source("dust", "delta", "b8", "credits") { $0 % day == 4 ? 10 : 0 },
    // Weekdays that are three times as busy as others, and a third.
    Source("dust", "beta", "b9", "messages") { [2: 3, 5: 30][weekday($0)] ?? 10 },
    // Two measures, and credits for both.
    Source("dust", "gamma", "b6", "messages", office(50, 12)),
    Source("dust", "gamma", "b6", "executions", office(20, 13)),
    Source("dust", "gamma", "b6", "credits", office(400, 14)),
  ]

  private static func pow(_ base: Double, _ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1) { product, _ in product * base }
  }

  /// Every `stride`th sample. Agents called a1 are seen by two exporters, of which the second sees less.
  static func counters(
    _ agents: Set<String>, of sources: [Source] = sources, every stride: Int
  ) -> [UsageModel.Key: [[Double?]]] {
    let chosen = sources.filter { agents.contains($0.key.agent) }
    return Dictionary(
      uniqueKeysWithValues: chosen.map { source in
        let shares = source.key.agent == "a1" ? [1, 0.9] : [1]
        return (
          source.key,
          shares.map { share in
            source.samples(share: share).enumerated().filter { $0.offset % stride == 0 }.map(\.element)
          }
        )
      })
  }

  static func series(_ counters: [UsageModel.Key: [[Double?]]]) -> [InputSeries] {
    counters.sorted { $0.key < $1.key }.flatMap { key, exporters in
      exporters.enumerated().map { number, samples in
        let labels = [
          ("provider", key.provider), ("workspace", key.workspace), ("agent_id", key.agent), ("instance", "\(number)"),
        ]
        let text = labels.map { #"\#($0)="\#($1)""# }.joined(separator: ",")
        return InputSeries("agentusage_agent_\(key.measure)_total{\(text)}", steps: samples.count) { samples[$0] }
      }
    }
  }

  static let scenes = [
    scene(
      "AgentUsageSpike", "1d", ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "b1", "b2", "b3", "b6"], every: 4,
      at: [62, 64, 69, 73],
      { $0.used1d }, { $0.limit1d }),
    scene(
      "AgentUsageBurst", "3h", ["a1", "a4", "a6", "b1", "b4", "b5", "b6"], every: 1, at: [252, 259, 277, 294],
      { $0.used3h }, { $0.limit3h }),
  ]

  private typealias Values = [(UsageModel.Key, Double)]

  /// - Parameters:
  ///   - stride: in steps of three hours; few are enough for windows of a day, and rules take their time.
  ///   - instants: among them a weekend and a Monday.
  private static func scene(
    _ alert: String, _ window: String, _ agents: Set<String>, every stride: Int, at instants: [Int],
    _ usage: (UsageModel) -> (Int) -> Values, _ limits: (UsageModel) -> (UsageModel.Severity, Int) -> Values
  ) -> RuleScene {
    let counters = counters(agents, every: stride)
    let model = UsageModel(counters, samplesADay: day / stride)
    let checks = instants.flatMap { instant in
      let limits = UsageModel.Severity.allCases.flatMap { severity in
        limits(model)(severity, instant).map { key, value in
          RuleScene.Sample(labels: "{\(key.labels), severity=\"\(severity.rawValue)\"}", value: hundredths(value))
        }
      }
      let used = usage(model)(instant).map { RuleScene.Sample(labels: "{\($0.labels)}", value: hundredths($1)) }
      return [("increase", used), ("limit", limits)].map { name, samples in
        RuleScene.Recorded(
          minute: instant * stride * 180, query: "round(agent_measure:agentusage_used:\(name)\(window), 0.01)",
          samples: samples)
      }
    }
    return RuleScene(
      alert, "what is usual, and the limits", every: stride * 180, series: series(counters), recorded: checks)
  }

  /// As PromQL's round() does it.
  static func hundredths(_ value: Double) -> Double { (value * 100 + 0.5).rounded(.down) / 100 }
}
