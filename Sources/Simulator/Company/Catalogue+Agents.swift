import Usage

extension Catalogue {
  static let agents = langdockAgents + phoneAgents

  private static func chat(
    _ id: String, _ name: String, _ team: String, _ median: Double, _ rhythm: Rhythm = .office, growth: Double = 0.3,
    startsAfter: Int = 0, heartbeat: Int? = nil
  ) -> AgentPlan {
    AgentPlan(
      provider: .langdock, id: "ag_\(id)", name: name, team: team, median: median, rhythm: rhythm, growth: growth,
      startsAfter: startsAfter, heartbeat: heartbeat)
  }

  private static func phone(
    _ id: String, _ name: String, _ team: String, _ median: Double, _ rhythm: Rhythm, calls: Int, startsAfter: Int = 0,
    heartbeat: Int? = nil
  ) -> AgentPlan {
    AgentPlan(
      provider: .agentphone, id: "agent_\(id)", name: name, team: team, median: median, rhythm: rhythm,
      startsAfter: startsAfter, heartbeat: heartbeat, callsPerMille: calls)
  }

  static let newcomer = chat("winterdienst", "Winterdienst-Planer", "Außendienst", 90)

  /// 26: three that never rest, and from large to tiny.
  private static let langdockAgents = [
    chat("shopberater", "Shop-Berater", "Kundenservice", 500, .support, growth: 0.4, heartbeat: 0),
    chat("sendung", "Sendungsauskunft", "Kundenservice", 300, .support, heartbeat: 1),
    chat("ersatzteile", "Ersatzteil-Finder", "Kundenservice", 250, .support, heartbeat: 2),
    chat("retouren", "Retouren-Helfer", "Kundenservice", 320, .support),
    chat("angebote", "Angebots-Assistent", "Vertrieb", 260, growth: 0.6),
    chat("vertragspruefer", "Vertragsprüfer", "Recht", 90),
    chat("uebersetzer", "Übersetzer", "Marketing", 220),
    chat("produkttexte", "Produkttexte", "Marketing", 170, growth: 0.5),
    chat("social", "Social-Media-Redaktion", "Marketing", 85),
    chat("newsletter", "Newsletter-Schreiber", "Marketing", 300, .weeklyBatch),
    chat("bewerbungen", "Bewerbungs-Sichtung", "Personal", 65),
    chat("zeugnisse", "Zeugnis-Entwürfe", "Personal", 12),
    chat("reisekosten", "Reisekosten-Prüfung", "Personal", 40),
    chat("einkauf", "Einkaufs-Radar", "Einkauf", 75),
    chat("lieferanten", "Lieferanten-Bewertung", "Einkauf", 240, .weeklyBatch),
    chat("code", "Code-Review", "Technik", 190, growth: 0.8),
    chat("logs", "Log-Analyse", "Technik", 120, .roundTheClock),
    chat("wiki", "Wiki-Suche", "Technik", 210, growth: 0.5),
    chat("norm", "Normen-Auskunft (DIN EN ISO)", "Technik", 28),
    chat("datenschutz", "Datenschutz-Auskunft", "Recht", 16),
    chat("compliance", "Compliance „Grauzone“", "Recht", 7),
    chat("protokoll", "Protokollant", "Vertrieb", 130, growth: 0.4),
    chat("crm", "CRM-Notizen", "Vertrieb", 95),
    chat("messe", "Messe-Assistent", "Vertrieb", 45, startsAfter: 70),
    chat("garten", "Gartenplaner 🌱", "Marketing", 160, .evening, growth: 0.9, startsAfter: 40),
    chat("forecast", "Absatz-Prognose", "Einkauf", 55, startsAfter: 95),
  ]

  /// 14, likewise.
  private static let phoneAgents = [
    phone("service", "Service-Telefon", "Kundenservice", 520, .support, calls: 450, heartbeat: 0),
    phone("hotline", "Hotline außerhalb der Zeiten", "Kundenservice", 260, .roundTheClock, calls: 350, heartbeat: 1),
    phone("status", "Bestellstatus per SMS", "Kundenservice", 380, .support, calls: 40, heartbeat: 2),
    phone("terminbot", "Termin-Bot", "Außendienst", 140, .office, calls: 380),
    phone("rueckruf", "Rückruf-Planer", "Vertrieb", 95, .office, calls: 700),
    phone("bewerber", "Bewerber-Erstgespräch", "Personal", 18, .office, calls: 600),
    phone("tour", "Touren-Melder", "Außendienst", 75, .evening, calls: 120),
    phone("umfrage", "Kundenumfrage", "Marketing", 160, .weeklyBatch, calls: 500),
    phone("mahnung", "Zahlungserinnerung", "Einkauf", 45, .office, calls: 250),
    phone("wartung", "Wartungsvertrag", "Außendienst", 32, .office, calls: 420),
    phone("haendler", "Händler-Hotline", "Vertrieb", 60, .office, calls: 550, startsAfter: 50),
    phone("notdienst", "Notdienst Winter", "Außendienst", 9, .roundTheClock, calls: 800),
    phone("messe", "Messe-Empfang", "Marketing", 24, .evening, calls: 200, startsAfter: 80),
    phone("ansage", "Ansage-Test", "Technik", 3, .office, calls: 900),
  ]
}
