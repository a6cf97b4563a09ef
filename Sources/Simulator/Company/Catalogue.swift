import Usage

/// The names and sizes of the seeded company.
enum Catalogue {
  struct Team {
    let name: String
    /// Index of the first person; the team's people follow one another.
    let first: Int
    let size: Int
  }

  struct AgentPlan {
    let provider: ProviderKind
    let id: String
    let name: String
    let team: String
    let median: Double
    let rhythm: Rhythm
    var growth = 0.3
    /// Days after the company's start on which the agent appears.
    var startsAfter = 0
    var heartbeat: Int?
    var callsPerMille = 0
  }

  static let headcount = 120

  static let teams: [Team] = {
    var first = 0
    let sizes = [
      ("Kundenservice", 26), ("Vertrieb", 20), ("Marketing", 14), ("Einkauf", 12), ("Personal", 9), ("Recht", 6),
      ("Technik", 21), ("Außendienst", 12),
    ]
    return sizes.map { name, size in
      defer { first += size }
      return Team(name: name, first: first, size: size)
    }
  }()

  /// The first two have the same name and provider; one is paid to the maker directly.
  static let models = [
    model("gpt-5.2", "openai", own: false, 1_250_000, 125_000, 10_000_000),
    model("gpt-5.2", "openai", own: true, 1_250_000, 125_000, 10_000_000),
    model("claude-sonnet-4.6", "anthropic", own: true, 3_000_000, 300_000, 15_000_000),
    model("gpt-5-mini", "azure", own: true, 250_000, 25_000, 2_000_000),
    model("gemini-3-pro", "google", own: false, 2_000_000, 200_000, 12_000_000),
    model("mistral-large-3", "mistral", own: false, 500_000, 50_000, 1_500_000),
  ]

  private static func model(
    _ name: String, _ provider: String, own: Bool, _ input: UInt64, _ cached: UInt64, _ output: UInt64
  ) -> Directory.Model {
    Directory.Model(
      name: name, provider: provider, ownKeys: own,
      prices: Directory.Prices(input: input, cached: cached, output: output))
  }

  static let projects = [
    (id: "prj_messe", name: "Messe Köln 2027", median: 90.0),
    (id: "prj_website", name: "Website-Relaunch", median: 140.0),
    (id: "prj_preise", name: "Preisliste Frühjahr", median: 35.0),
    (id: "prj_esg", name: "ESG-Bericht", median: 22.0),
    (id: "prj_onboarding", name: "Onboarding-Handbuch", median: 48.0),
    (id: "prj_patent", name: "Patent Nr. 17 \"Lösezange\"", median: 9.0),
    (id: "prj_erp", name: "ERP-Umstellung", median: 110.0),
    (id: "prj_service", name: "Servicetouren, Region Nord", median: 30.0),
  ]

  static let apiKeys = [
    (id: "key_shop", name: "Shop-Suche", median: 320.0), (id: "key_erp", name: "ERP Belegerkennung", median: 180.0),
    (id: "key_crm", name: "CRM-Abgleich", median: 90.0), (id: "key_data", name: "Data Science", median: 60.0),
    (id: "key_test", name: "Testumgebung", median: 8.0),
  ]

  /// `agent` counts the phone agents.
  static let numbers: [(id: String, number: String, country: String, agent: Int?)] = [
    ("num_service1", "+12025550101", "US", 0), ("num_service2", "+12025550102", "US", 0),
    ("num_hotline", "+12025550103", "US", 1), ("num_status", "+447700900110", "GB", 2),
    ("num_termine", "+12025550104", "US", 3), ("num_vertrieb", "+447700900111", "GB", 4),
    ("num_bewerbung", "+12025550105", "US", 5), ("num_aussendienst", "+12025550106", "US", 6),
    ("num_alt", "+12025550107", "US", nil), ("num_messe", "+447700900112", "GB", nil),
  ]

  private static let firstNames = [
    "Jürgen", "Zoë", "Annika", "Mehmet", "Søren", "Katarzyna", "Lukas", "Aylin", "Bärbel", "Chloé", "David", "Elif",
    "Friederike", "Götz", "Hannah", "Ibrahim", "Jana", "Kevin", "Leoni", "Mário", "Nguyễn", "Olga", "Paul", "Renée",
  ]
  private static let lastNames = [
    "Müller", "Öztürk", "Großmann", "Kowalski", "Schäfer", "Nowak", "Weiß", "Brückner", "Yılmaz", "Petersen",
    "Lindqvist",
    "Böhm", "Fernández", "Hartmann", "Jäger", "Køster", "Strauß", "Vogel", "Winkler", "Zimmermann",
  ]

  static func people(_ random: inout Randomness, before start: Day) -> [Directory.Person] {
    (0..<headcount).map { index in
      let first = firstNames[random.below(firstNames.count)]
      let last = lastNames[random.below(lastNames.count)]
      let padded = String(1000 + index).dropFirst()
      return Directory.Person(
        id: "usr_\(padded)", name: "\(first) \(last)", email: "user\(padded)@grueneberg.example",
        team: teams.last { $0.first <= index }?.name ?? "", joined: start.advanced(by: -random.below(900)))
    }
  }
}
