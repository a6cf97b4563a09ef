import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Names of every kind: "escaped exactly; cut at 256 characters on a character boundary".
@Suite struct NameTests {
  private static let hostile = [
    "say \"hi\"", "back\\slash", "two\nlines", "CR\r\nLF", "tab\t", "comma, semicolon;", "{label=\"x\"} 1",
    "Ünïcödé 🇩🇪 👩‍👩‍👧‍👦", "مرحبا \u{202E}gnp.exe", "a\u{0301}\u{0301}", "=cmd|' /C calc'!A0", " leading and trailing ",
    "\u{FFFD}", "# HELP x", "NULL", "nul\u{0}byte", "\u{FEFF}bom", "'; DROP TABLE x;--", "",
  ]

  private func name(of probe: Probe, _ entity: Entity, _ label: String, _ company: Company) async throws -> String? {
    let box = NameBox()
    try await withDesk(company) { desk in
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure == nil)
      #expect(outcome.reading.amounts(.messages) == [entity.id: 2])
      box.name = outcome.reading.attribute(label, of: entity)
    }
    return box.name
  }

  private final class NameBox: @unchecked Sendable {
    var name: String?
  }

  private func names(_ name: String) async throws -> [String?] {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    company.addAgent(id: "a", name: name, provider: .langdock)
    company.addMessages(2, agent: "a", at: now)
    company.addAgent(id: "a", name: name, provider: .agentphone)
    company.addTexts(2, agent: "a", at: now)
    let agent = Entity(.agent, "a")
    return [
      try await self.name(of: .named("langdock/agents"), agent, "agent_name", company),
      try await self.name(of: .named("agentphone/agents"), agent, "agent_name", company),
    ]
  }

  @Test(arguments: hostile) func aHostileNameComesThroughExactly(_ name: String) async throws {
    for read in try await names(name) {
      // Swift's equality would forgive another normal form.
      #expect(read.map { Array($0.utf8) } == Array(name.utf8))
    }
  }

  @Test(arguments: ["x", "ü", "👩‍👩‍👧‍👦", "e\u{0301}"]) func aLongNameIsCut(_ character: String) async throws {
    let name = String(repeating: character, count: 10_000)
    for read in try await names(name) {
      let text = try #require(read)
      #expect(text.unicodeScalars.count <= 256)
      #expect(text.unicodeScalars.count > 256 - character.unicodeScalars.count)
      #expect(name.hasPrefix(text) && text.allSatisfy { String($0) == character })
    }
  }

  @Test func anInvalidNameIsRepaired() async throws {
    try await withDesk { desk in
      for (probe, entity) in [("langdock/agents", Entity(.agent, "l1")), ("agentphone/agents", Entity(.agent, "p1"))] {
        let probe = Probe.named(probe)
        desk.simulator.faults.inject(.invalidUTF8InName, at: probe.service, path: probe.path)
        let reading = try await desk.collect(probe).reading
        let name = try #require(reading.attribute("agent_name", of: entity))
        #expect(name.hasPrefix("Name \u{FFFD}"))
        #expect(reading.amounts(.messages) == probe.counts)
      }
    }
  }

  /// Long ids stay different from each other, and within the bound.
  @Test func longIDsStayApart() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    let stem = String(repeating: "i", count: 5000)
    for (ending, count) in [("a", 1), ("b", 2)] {
      company.addAgent(id: stem + ending, name: "n", provider: .langdock)
      company.addMessages(count, agent: stem + ending, at: now)
    }
    try await withDesk(company) { desk in
      let amounts = try await desk.collect(.named("langdock/agents")).reading.amounts(.messages)
      #expect(amounts.values.sorted() == [1, 2])
      #expect(amounts.keys.allSatisfy { $0.unicodeScalars.count <= 256 })
    }
  }
}
