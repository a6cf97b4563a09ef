import Usage

/// The workspace at Dust.
extension Catalogue {
  struct DustPlan {
    let agent: AgentPlan
    var settings = DustDirectory.Settings.published
    /// Index of ``dustModels``.
    var model = 0
    /// Names of servers in ``dustTools``.
    var tools: [String] = []
    /// Indices of ``dustSkills``.
    var skills: [Int] = []
    var tags: [String] = []
    var origins = ["web", "web", "web", "slack", "teams", "extension"]
    /// Of a thousand messages, how many come from programs.
    var programmatic = 15
    var description = ""
    /// How many days before today it is archived.
    var archivedAgo: Int?
  }

  private static func dust(
    _ id: String, _ name: String, _ team: String, _ median: Double, _ rhythm: Rhythm = .office, growth: Double = 0.3,
    startsAfter: Int = 0, heartbeat: Int? = nil, _ change: (inout DustPlan) -> Void = { _ in }
  ) -> DustPlan {
    var plan = DustPlan(
      agent: AgentPlan(
        provider: .dust, id: id, name: name, team: team, median: median, rhythm: rhythm, growth: growth,
        startsAfter: startsAfter, heartbeat: heartbeat))
    plan.description = "\(name.replacing("\n", with: " ")) (\(team))"
    change(&plan)
    return plan
  }

  /// 17: three that never rest, one that nobody uses, and names that are not easy to write.
  static let dustAgents = [
    dust("aKundenh01", "Kundenhilfe", "Kundenservice", 420, .support, heartbeat: 0) {
      $0.tools = ["search", "jira"]
      $0.skills = [0, 1]
      $0.tags = ["prod", "support"]
    },
    dust("aShopSuche", "Shop-Suche", "Kundenservice", 300, .support, heartbeat: 1) {
      $0.programmatic = 1000
      $0.model = 2
      $0.tools = ["query_tables_v2"]
    },
    dust("aWissen001", "Wissenssuche", "Technik", 260, .roundTheClock, heartbeat: 2) {
      $0.model = 1
      $0.tools = ["search", "data_sources_file_system"]
      $0.skills = [3]
      $0.description = "Sucht in Wiki, Handbüchern und Normen.\nAntwortet mit Quelle, \"wörtlich\"."
    },
    dust("aWissen002", "Wissenssuche", "Vertrieb", 90) {
      $0.settings = .unpublished
      $0.origins = ["run_agent", "run_agent", "agent_handover", "web"]
      $0.tools = ["search"]
    },
    dust("aAngebotV2", "Angebots-\"Turbo\", neu", "Vertrieb", 180, growth: 0.7) {
      $0.tools = ["query_tables_v2", "slack"]
      $0.skills = [1, 2]
      $0.tags = ["prod"]
    },
    dust("aGartenpl1", "Gartenplaner 🌱", "Marketing", 140, .evening, growth: 0.9, startsAfter: 30) {
      $0.model = 1
      $0.tools = ["image_generation", "web_search_&_browse"]
    },
    dust("aProtokol1", "Protokoll\nWochenrunde", "Vertrieb", 75) { $0.tools = ["slack", "jira"] },
    dust("aAltbestd1", "-altbestand", "Einkauf", 12) { $0.settings = .unpublished },
    dust("aTabellen1", "=Tabellen-Helfer", "Einkauf", 55) {
      $0.origins = ["gsheet", "excel", "web"]
      $0.tools = ["query_tables_v2"]
    },
    dust("aLieferan1", "Lieferanten-Abgleich", "Einkauf", 200, .weeklyBatch) {
      $0.programmatic = 700
      $0.origins = ["triggered"]
    },
    dust("aRechnung1", "Rechnungsprüfung", "Einkauf", 110) {
      $0.programmatic = 300
      $0.origins = ["email", "web"]
      $0.tools = ["data_sources_file_system"]
      $0.skills = [2]
    },
    dust("aVertrag01", "Vertrags-Analyse", "Recht", 35) {
      $0.settings = .unpublished
      $0.tools = ["web_search_&_browse"]
      $0.skills = [4]
    },
    dust("aBewerber1", "Bewerber-Vorauswahl", "Personal", 28) { $0.model = 3 },
    dust("dust", "dust", "Technik", 160) {
      $0.settings = .global
      $0.model = 1
      $0.tools = ["web_search_&_browse", "github"]
      $0.description = "Default workspace assistant"
    },
    dust("aMarktte01", "Markttest Frühjahr", "Marketing", 60) { $0.archivedAgo = 3 },
    dust("aEntwurf01", "Entwurf: Lagerbot", "Technik", 25) { $0.settings = .draft },
    dust("aRuheBot01", "Ruhe-Bot", "Personal", 0) { $0.tags = ["idle"] },
  ]

  static let dustModels = [
    DustDirectory.Model(id: "claude-sonnet-4-6", provider: "anthropic"),
    DustDirectory.Model(id: "gpt-5.2", provider: "openai"), DustDirectory.Model(id: "gpt-5-mini", provider: "openai"),
    DustDirectory.Model(id: "mistral-large-3", provider: "mistral"),
  ]

  /// By MCP server: its tools, and what a call costs in hundredths of a credit.
  static let dustTools: [(server: String, names: [String], credits: UInt32)] = [
    ("search", ["semantic_search", "cat"], 0), ("web_search_&_browse", ["websearch", "webbrowser"], 100),
    ("query_tables_v2", ["execute_database_query"], 100), ("github", ["create_issue", "get_pull_request"], 100),
    ("slack", ["search_messages"], 0), ("image_generation", ["generate_image"], 300),
    ("data_sources_file_system", ["find", "list"], 0), ("jira", ["create_comment"], 100),
  ]

  /// Two of one name, one of Dust's own.
  static let dustSkills: [(id: String, name: String, custom: Bool)] = [
    ("skl_erstattung", "Erstattungsregeln", true), ("skl_tonfall_a", "Tonfall", true),
    ("skl_tonfall_b", "Tonfall", true), ("skl_lager", "Lagerampel \"rot, gelb\"", true),
    ("deep_research", "Deep Research", false),
  ]

  static let dustProgrammaticOrigins = ["api", "api", "n8n", "make", "triggered_programmatic"]
  static let dustAPIKeys = ["shop-backend", "erp-batch"]

  static let dustComments = [
    "", "Sehr hilfreich.", "Falsche \"Frist\" genannt,\nbitte prüfen.\n\n- Kapitel 3\n- Kapitel 4",
    "=SUMME(A1:A9) fehlt",
    "Quelle fehlt, sonst gut 👍",
  ]
}
