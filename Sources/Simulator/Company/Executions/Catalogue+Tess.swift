import Usage

extension Catalogue {
  private static func tess(
    _ slug: String, _ name: String, _ team: String, _ median: Double, _ rhythm: Rhythm = .office, growth: Double = 0.3,
    startsAfter: Int = 0, heartbeat: Int? = nil
  ) -> AgentPlan {
    AgentPlan(
      provider: .tess, id: slug, name: name, team: team, median: median, rhythm: rhythm, growth: growth,
      startsAfter: startsAfter, heartbeat: heartbeat)
  }

  /// 16: three that never rest, and two of the same name.
  private static let tessPlans: [(type: TessAgentType, plan: AgentPlan)] = [
    (.chat, tess("docs-helper-pB9ujA", "Doku-Helfer", "Kundenservice", 240, .support, heartbeat: 0)),
    (.chat, tess("gartenberater-7HdW2c", "Gartenberater 🌿", "Kundenservice", 180, .support, heartbeat: 1)),
    (.text, tess("antwortentwurf-Kq04Rv", "Antwort-Entwürfe", "Kundenservice", 150, .support, heartbeat: 2)),
    (.chat, tess("prufstand-x81LmD", "Prüfstand-Auskunft", "Technik", 70)),
    (.chat, tess("onboarding-T5nwZe", "Onboarding \"erste Woche\"", "Personal", 25)),
    (.chat, tess("nachtschicht-Ub3kYs", "Nachtschicht", "Außendienst", 35, .roundTheClock)),
    (.image, tess("produktbilder-Lm40sT", "Produktbilder", "Marketing", 60, growth: 0.6)),
    (.image, tess("plakate-9QrVbA", "Plakate „Messe Köln“", "Marketing", 18, .evening)),
    (.text, tess("produkttexte-U2fGhJ", "Produkttexte", "Marketing", 95)),
    (.text, tess("produkttexte-u2FgHj", "Produkttexte", "Einkauf", 40)),
    (.text, tess("angebotstexte-Wd6oPx", "Angebotstexte", "Vertrieb", 110, growth: 0.5)),
    (.voiceover, tess("ansagen-c5YpKw", "Ansagen (Télé & Radio)", "Marketing", 12)),
    (.video, tess("erklarvideos-Zt88nE", "Erklärvideos", "Marketing", 6)),
    (.code, tess("sql-helfer-B6xNq0", "SQL-Helfer", "Technik", 85, growth: 0.8)),
    (.code, tess("skripte-h1MvCa", "Skripte C:\\Werk", "Technik", 45, startsAfter: 60)),
    (.text, tess("wochenbericht-J7eLsf", "Wochenbericht", "Recht", 90, .weeklyBatch)),
  ]

  static let tessAgents = tessPlans.map(\.plan)

  static func tessTypes(_ directory: Directory) -> [Int: TessAgentType] {
    var types: [Int: TessAgentType] = [:]
    for (type, plan) in tessPlans {
      if let agent = directory.agent(plan.id, of: .tess) { types[agent] = type }
    }
    return types
  }

  /// On the last Thursday that is at least twelve days before `today`.
  static func tessIncidents(before today: Day) -> [Incident] {
    let latest = today.advanced(by: -12)
    let thursday = latest.advanced(by: -((latest.weekday + 3) % 7))
    return [
      Incident(
        kind: .spike, provider: .tess, agentID: "angebotstexte-Wd6oPx", days: DaySpan(thursday),
        note: "A workflow started itself again with each of its answers")
    ]
  }
}

extension Directory {
  /// The seeded Tess agents by stream.
  func tessProducers(beat seconds: Int) -> [Int: TrafficGenerator.TessProducer] {
    var producers: [Int: TrafficGenerator.TessProducer] = [:]
    for stream in streams(of: .tess) {
      guard let profile = stream.profile, case .agent(let agent) = stream.producer else { continue }
      producers[stream.id] = TrafficGenerator.TessProducer(
        profile: profile, type: tess.type(of: agent), lane: producers.count, beat: max(1, seconds) * 1000)
    }
    return producers
  }
}
