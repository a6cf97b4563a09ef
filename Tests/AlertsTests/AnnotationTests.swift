import Foundation
import Testing

@Suite struct AnnotationTests {
  /// Prometheus itself takes every file, and its linter has no complaint.
  @Test(arguments: Checkout.ruleFiles) func promtoolHasNoComplaint(_ file: String) async throws {
    let folder = try WorkingFolder()
    let path = Checkout.alerts.appendingPathComponent(file).path
    let ending = try await Tool.run("promtool", ["check", "rules", "--lint-fatal", path], in: folder.path)
    #expect(ending.status == 0, "\(ending.output)")
  }

  @Test func everyAlertIsComplete() throws {
    let alerts = try RuleLibrary().alerts
    #expect(!alerts.isEmpty)
    for alert in alerts {
      #expect(alert.name.hasPrefix("AgentUsage"), "\(alert.name)")
      #expect(["critical", "warning", "info"].contains(alert.labels?["severity"]), "\(alert.name)")
      #expect(alert.hold != nil, "\(alert.name) has no `for`")
      let annotations = alert.annotations ?? [:]
      #expect(Set(annotations.keys) == ["summary", "description", "runbook_url", "dashboard_url"], "\(alert.name)")
      let summary = annotations["summary"] ?? ""
      #expect(summary.hasSuffix(".") && !summary.contains("{{"), "\(alert.name): a static sentence is wanted")
      #expect(annotations["description"]?.hasSuffix(".") == true, "\(alert.name)")
      #expect(annotations["runbook_url"] == FiringAlert.runbook(alert.name), "\(alert.name)")
      #expect(annotations["dashboard_url"]?.hasPrefix("/d/agentusage-") == true, "\(alert.name)")
    }
  }

  /// Instant selectors look back five minutes: series recorded more seldom than the rest would be lost in between.
  @Test func seriesOfSlowGroupsAreReadOverRanges() throws {
    let library = try RuleLibrary()
    let slow = Set(library.files.values.flatMap(\.groups).filter { $0.interval != nil }.flatMap(\.rules).map(\.name))
    #expect(!slow.isEmpty)
    for rule in library.rules {
      let instant = slow.intersection(PromQL(rule.expr).instantNames)
      #expect(instant.isEmpty, "\(rule.name) reads \(instant.sorted())")
    }
  }

  /// One section for each alert, and none for an alert that is gone; each says what it means, where to look, what to do.
  @Test func everyAlertHasARunbook() throws {
    let text = try Checkout.text("alerts/README.md")
    let alerts = Set(try RuleLibrary().alerts.map(\.name))
    var sections: [String: String] = [:]
    for part in ("\n" + text).components(separatedBy: "\n### ").dropFirst() {
      let title = String(part.prefix { !$0.isNewline })
      sections[title] = String(part.dropFirst(title.count).prefix { $0 != "#" })
    }
    #expect(Set(sections.keys) == alerts)
    for (title, section) in sections {
      let places = ["**Meaning**", "**Look at**", "**Do**"].map { section.range(of: $0)?.lowerBound }
      #expect(!places.contains(nil) && places.compactMap { $0 }.sorted() == places.compactMap { $0 }, "\(title)")
    }
  }

  /// What a runbook names in italics is a panel of a board, or a section of the main README.
  @Test func runbooksNamePanelsThatExist() throws {
    let boards = Checkout.root.appendingPathComponent("grafana/dashboards")
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: boards.path) where file.hasSuffix(".json") {
      let text = try Checkout.text("grafana/dashboards/" + file)
      names.formUnion(text.matches(of: /"title": "([^"]+)"/).map { String($0.1) })
    }
    names.formUnion(try Checkout.text("README.md").matches(of: /(?m)^#+ (.+)$/).map { String($0.1) })
    let runbooks = try #require(try Checkout.text("alerts/README.md").components(separatedBy: "## Runbooks").last)
    let named = runbooks.replacing("**", with: "").matches(of: /\*([^*\n]+)\*/).map { String($0.1) }
    #expect(named.count > 15)
    for name in named { #expect(names.contains(name), "\(name)") }
  }
}
