import Dashboards
import Foundation
import Testing

@Suite("The boards")
struct BoardTests {
  @Test(
    "are found by uid, title and tag",
    arguments: zip(Shipped.names, ["Overview", "Agent", "Spend and budgets", "Adoption", "Exporter health"]))
  func identity(name: String, title: String) throws {
    let board = try Shipped.board(name)
    #expect(board.uid == "agentusage-\(name)")
    #expect(board.title == "AI agents / \(title)")
    #expect(board.tags == ["ai-agents"])
    #expect(board.time.from == (name == "health" ? "now-24h" : "now-14d"))
  }

  @Test("begin with the variables that they share", arguments: Shipped.names)
  func variables(name: String) throws {
    let names = try Shipped.board(name).templating.list.map(\.name)
    #expect(names.prefix(5) == ["datasource", "job", "instance", "provider", "workspace"])
    #expect(Set(names).count == names.count)
  }

  @Test("link only to boards that exist, and only by columns that a row has", arguments: Shipped.names)
  func links(name: String) throws {
    for panel in try Shipped.board(name).panels where panel.type == "table" {
      let organised = try #require(panel.transformations?.last?.options)
      let urls = panel.fieldConfig?.overrides.flatMap(\.properties).flatMap(\.links).map(\.url) ?? []
      for url in urls {
        let target = try #require(url.firstMatch(of: /^\/d\/agentusage-(\w+)\?/), "\(url)")
        #expect(Shipped.names.contains(String(target.1)))
        let fields = url.matches(of: /__data\.fields\.(\w+)/).map { String($0.1) }
        #expect(fields == ["provider", "workspace", "agent_id"])
        for field in fields {
          #expect(organised.indexByName?[field] != nil, "\(panel.title) has no column \(field)")
          #expect(organised.renameByName?[field] == nil, "\(panel.title) renames \(field), by which the link names it")
        }
      }
    }
  }

  @Test("tell how current their usage is", arguments: Shipped.names.dropLast())
  func badge(name: String) throws {
    let badge = try #require(try Shipped.board(name).panels.first { $0.title == "Data behind by" })
    #expect(badge.type == "stat")
    #expect(badge.targets?.first?.expr.contains("data_through_timestamp_seconds") == true)
  }

  @Test("lead to sections of the documentation that exist", arguments: Shipped.names)
  func documents(name: String) throws {
    var found = 0
    for panel in try Shipped.board(name).panels {
      for url in (panel.links ?? []).map(\.url) {
        guard let place = url.firstMatch(of: /\/blob\/main\/([\w\/.]+)#([\w-]+)$/) else { continue }
        found += 1
        let headings = try Repository.text(String(place.1)).matches(of: /(?m)^#+ (.+)$/).map { heading in
          String(heading.1).lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        #expect(headings.contains(String(place.2)), "\(panel.title): \(url)")
      }
    }
    #expect(found > 2)
  }

  @Test("show columns that they have a setting for", arguments: Shipped.names)
  func columns(name: String) throws {
    for panel in try Shipped.board(name).panels where panel.type == "table" {
      let organised = try #require(panel.transformations?.last?.options)
      let ordered = try #require(organised.indexByName).keys
      let shown = Set(ordered.map { organised.renameByName?[$0] ?? $0 })
      let set = Set(panel.fieldConfig?.overrides.map(\.matcher.options) ?? [])
      #expect(set.isSubset(of: shown), "\(panel.title)")
      let hidden = organised.excludeByName.map { Set($0.keys) } ?? []
      let values = Set(ordered).union(hidden).filter { $0.hasPrefix("Value #") }
      #expect(values.count == panel.targets?.count, "\(panel.title)")
      #expect(
        hidden.contains("Value") == hidden.contains("Value #A")
          && organised.renameByName?["Value"] == organised.renameByName?["Value #A"], "\(panel.title)")
    }
  }
}

/// Grafana shows what the group `text` of the regular expression finds in each line of the query's answer, and uses what
/// `value` finds. It takes the first of each.
@Suite("The variable of the agent")
struct AgentVariableTests {
  @Test(
    "is shown by name and valued by id",
    arguments: [
      (#"{agent_id="ag_crm",agent_name="CRM-Notizen"} 1 1795243362000"#, "CRM-Notizen", "ag_crm"),
      (#"{agent_id="ag_crm"} 1 1795243362000"#, nil, "ag_crm"),
      (#"{agent_id="a",agent_name="Lagerampel "rot""} 1 1795243362000"#, "Lagerampel ", "a"),
      (#"{agent_id="a",agent_name="x",agent_id="b"} 1 1795243362000"#, "x", "a"),
    ])
  func textAndValue(line: String, text: String?, value: String) throws {
    let variable = try #require(try Shipped.board("agent").templating.list.first { $0.name == "agent" })
    #expect(!variable.multi)
    let pattern = try #require(variable.regex)
    #expect(pattern.hasPrefix("/") && pattern.hasSuffix("/g"))
    let regex = try Regex(String(pattern.dropFirst().dropLast(2)))
    let matches = line.matches(of: regex)
    let texts = matches.compactMap { $0.output["text"]?.substring }
    let values = matches.compactMap { $0.output["value"]?.substring }
    #expect(texts.first.map(String.init) == text)
    #expect(values.first.map(String.init) == value)
  }
}
