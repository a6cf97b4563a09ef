/// Each rule on the way to the limits, alone: what it reads is given by the model, and what it records held against it.
///
/// Five weeks of all rules take promtool seconds; of one rule with a sample a day they take a tenth of one, and so each of
/// its mutants can be tried.
enum UsageRuleScenes {
  static let scenes: [RuleScene] = {
    guard let library = try? RuleLibrary() else { return [] }
    let names = Set(library.rules.map(\.name).filter { $0.contains("measure:agentusage_used:") })
    return names.sorted().map { name in
      name.contains(":increase") ? ofCounters(name, library) : ofRecords(name, library)
    }
  }()

  private static func scene(
    _ name: String, _ library: RuleLibrary, every: Int, at instants: [Int], of model: UsageModel,
    _ series: [InputSeries]
  ) -> RuleScene {
    let alerts = library.rule(name).map(library.alertsAffected) ?? []
    return RuleScene(
      alerts.min() ?? "", "\(name) alone", every: every, series: series,
      recorded: instants.map { instant in
        RuleScene.Recorded(
          minute: instant * every, query: "round(\(name), 0.01)",
          samples: model.recorded(name, instant).map { labels, value in
            RuleScene.Sample(labels: "{\(labels)}", value: UsageValues.hundredths(value))
          })
      }, rule: name)
  }

  // MARK: Of what is recorded, once a day

  /// Among them a Sunday and a Monday.
  private static let instants = [31, 32, 34, 36]

  private static let daily: UsageModel = {
    let agents = Set(UsageValues.sources.map(\.key.agent))
    return UsageModel(UsageValues.counters(agents, every: UsageValues.day), samplesADay: 1, inThreeHours: 1)
  }()

  private static func ofRecords(_ name: String, _ library: RuleLibrary) -> RuleScene {
    let read = library.rules.filter { $0.name == name }.reduce(into: Set<String>()) {
      $0.formUnion(PromQL($1.expr).recordedNames)
    }
    let given = read.filter { !$0.hasPrefix("agentusage:threshold:") }.sorted()
    return scene(name, library, every: 1440, at: instants, of: daily, given.flatMap(series))
  }

  private static func series(_ name: String) -> [InputSeries] {
    let steps = UsageValues.steps / UsageValues.day + 1
    var samples: [String: [Double?]] = [:]
    for step in 0..<steps {
      for (labels, value) in daily.recorded(name, step) {
        samples[labels, default: Array(repeating: nil, count: steps)][step] = value
      }
    }
    return samples.sorted { $0.key < $1.key }.map { labels, values in
      InputSeries("\(name){\(labels)}", steps: steps) { values[$0] }
    }
  }

  // MARK: Of counters, every three hours

  /// Agents of the same name in several workspaces, of every measure; those called a1 are seen by two exporters.
  private static let sources: [UsageValues.Source] = [
    ("dust", "acme", "a1"), ("dust", "acme", "a2"), ("dust", "beta", "a1"), ("tess", "acme", "a1"),
  ].enumerated().flatMap { number, agent in
    ["messages", "executions", "calls", "credits"].enumerated().map { place, measure in
      UsageValues.Source(agent.0, agent.1, agent.2, measure) { step in
        Double(30 * (number + 1) + 7 * place) * (0.5 + UsageValues.chance(UInt64(number * 4 + place + 20), step))
      }
    }
  }

  private static func ofCounters(_ name: String, _ library: RuleLibrary) -> RuleScene {
    let counters = UsageValues.counters(["a1", "a2"], of: sources, every: 1)
      .mapValues { $0.map { Array($0.prefix(25)) } }
    return scene(
      name, library, every: 180, at: [15, 24], of: UsageModel(counters, samplesADay: UsageValues.day),
      UsageValues.series(counters))
  }
}
