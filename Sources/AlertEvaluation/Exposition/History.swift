/// Writes what Prometheus would have scraped from the exporters of some companies.
struct History {
  let companies: [Company]
  let publications: [Publication]

  /// The usage counter; everything else is the exporter's own.
  static let counter = "agentusage_agent_messages_total"
  private static let info = "agentusage_agent_info"

  private typealias Value = @Sendable (Scrape, Company, Publication) -> Int

  /// Series with a value for each scrape of a collector, and whether they have a label `collector`.
  private static let gauges: [(name: String, perCollector: Bool, value: Value)] = [
    ("agentusage_collector_catching_up", true, { scrape, _, _ in scrape.refresh?.catchingUp == true ? 1 : 0 }),
    ("agentusage_collector_success", true, { scrape, _, _ in scrape.providerUp ? 1 : 0 }),
    ("agentusage_collector_enabled", true, { _, _, _ in 1 }),
    ("agentusage_collector_min_interval_seconds", true, { _, _, publication in publication.interval }),
    (
      "agentusage_collector_last_success_timestamp_seconds", true,
      { scrape, company, _ in scrape.refresh.map { company.season.start + $0.at } ?? 0 }
    ),
    (
      "agentusage_collector_data_through_timestamp_seconds", true,
      { scrape, company, _ in scrape.refresh.map { company.season.start + $0.at } ?? 0 }
    ),
    ("agentusage_provider_up", false, { scrape, _, _ in scrape.providerUp ? 1 : 0 }),
    ("agentusage_provider_auth_failed", false, { _, _, _ in 0 }),
  ]

  /// Every metric that can be written.
  static var metrics: Set<String> { Set(gauges.map(\.name) + [counter, info]) }

  /// - Parameter wanted: metrics to write; others are not read by any rule.
  func write(_ wanted: Set<String>, to files: WeekFiles) throws {
    let lives = companies.flatMap { company in
      publications.map { (company, $0, Scrape.all(of: $0, in: company)) }
    }
    if wanted.contains(Self.counter) {
      try files.begin(family: "agentusage_agent_messages", type: "counter")
      for (company, publication, scrapes) in lives { try counters(company, publication, scrapes, to: files) }
    }
    try files.begin(family: Self.info, type: "gauge")
    for (company, publication, scrapes) in lives where wanted.contains(Self.info) || company.event == .rename {
      try infos(company, publication, scrapes, to: files)
    }
    for gauge in Self.gauges where wanted.contains(gauge.name) {
      try files.begin(family: gauge.name, type: "gauge")
      for (company, publication, scrapes) in lives {
        let labels = Self.labels(company, publication) + (gauge.perCollector ? #",collector="agents""# : "")
        var writer = SeriesWriter("\(gauge.name){\(labels)}", to: files)
        for scrape in scrapes {
          try writer.add(gauge.value(scrape, company, publication), at: company.season.time(ofStep: scrape.step))
        }
        try writer.flush()
      }
    }
  }

  private func counters(
    _ company: Company, _ publication: Publication, _ scrapes: [Scrape], to files: WeekFiles
  ) throws {
    for agent in company.agents {
      var writer = SeriesWriter(
        "\(Self.counter){\(Self.labels(company, publication)),agent_id=\"\(agent.id)\"}", to: files)
      for scrape in scrapes where scrape.step >= agent.firstStep {
        let value = Int(agent.counts[max(scrape.steps, scrape.baseline)] - agent.counts[scrape.baseline])
        try writer.add(value, at: company.season.time(ofStep: scrape.step))
      }
      try writer.flush()
    }
  }

  private func infos(
    _ company: Company, _ publication: Publication, _ scrapes: [Scrape], to files: WeekFiles
  ) throws {
    let renamedAt = (company.event?.renamedAt ?? .max) / Season.step
    for agent in company.agents {
      for (name, steps) in [("Agent", 0..<renamedAt), ("Assistant", renamedAt..<Int.max)] {
        let labels = "\(Self.labels(company, publication)),agent_id=\"\(agent.id)\",agent_name=\"\(name) \(agent.id)\""
        var writer = SeriesWriter("\(Self.info){\(labels)}", to: files)
        for scrape in scrapes where steps.contains(scrape.step) && scrape.step >= agent.firstStep {
          try writer.add(1, at: company.season.time(ofStep: scrape.step))
        }
        try writer.flush()
      }
    }
  }

  private static func labels(_ company: Company, _ publication: Publication) -> String {
    "job=\"agentusage\",instance=\"localhost:9847\",provider=\"\(publication.rawValue)\",workspace=\"\(company.name)\""
  }
}
