import Exposition
import Foundation
import Publication
import Simulator
import TestSupport
import Testing
import Usage

/// What is written, against what happened.
@Suite struct TruthTests {
  private struct Table: Sendable {
    let provider: ProviderKind
    let scope: Scope
    let calendar: LocalCalendar
    let truth: @Sendable (DaySpan) -> Truth
  }

  private static func tables(_ company: Company) throws -> [Table] {
    let zone = try #require(LocalCalendar(zone: Scene.berlin))
    let now = Scene.now
    return [
      Table(provider: .langdock, scope: .agent, calendar: zone) { company.agentTruth($0, in: zone, at: now) },
      Table(provider: .langdock, scope: .model, calendar: zone) { company.modelTruth($0, in: zone, at: now) },
      Table(provider: .dust, scope: .agent, calendar: zone) { company.dustAgentTruth($0, in: zone, at: now) },
      Table(provider: .dust, scope: .workspace, calendar: zone) {
        company.dustWorkspaceTruth($0.first, in: zone, at: now)
      },
      Table(provider: .tess, scope: .agent, calendar: zone) { company.tessTruth($0, in: zone, at: now) },
      Table(provider: .tess, scope: .source, calendar: zone) { company.tessTruth($0, in: zone, at: now) },
      Table(provider: .agentphone, scope: .workspace, calendar: .utc) { company.phoneWorkspaceTruth($0, at: now) },
    ]
  }

  @Test("counters rise from 0 by each day's usage at its end, and the day's users are told")
  func everyDay() async throws {
    let company = Scene.company()
    try await withScene(company) { scene in
      let document = try TimedDocument(try #require(try await scene.run()))
      for table in try Self.tables(company) { try Self.expect(document, table) }
      // AgentPhone's failed deliveries are told of all time and not by day; all of the rest is of the catalogue, in its order.
      let order = Catalogue.all.map(\.family.name)
      #expect(document.names == order.filter(document.names.contains))
      #expect(document.names.contains("agentusage_agent_info"))
      let info = document.series.first { $0.key.name == "agentusage_agent_info" }
      #expect(info?.key.labels["agent_name"] != nil && info?.value.first?.value == 1)
    }
  }

  private static func expect(_ document: TimedDocument, _ table: Table) throws {
    var checked = 0
    for day in Scene.span.days {
      let start = table.calendar.start(of: day).timeIntervalSince1970
      let end = table.calendar.start(of: day.advanced(by: 1)).timeIntervalSince1970
      let truth = table.truth(DaySpan(day))
      for (series, samples) in document.series where series.labels["provider"] == table.provider.rawValue {
        guard let key = key(of: series, table.scope) else { continue }
        let before = samples.first { $0.time == start }?.value ?? .nan
        let after = samples.first { $0.time == end }?.value ?? .nan
        let expected = Double(truth.quantities[key] ?? 0) / Double(key.measure.scale.rawValue)
        #expect(abs(after - before - expected) < 1e-6, "\(series) on \(day): \(after - before), not \(expected)")
        // Nothing of a day is known before it is over.
        let within = samples.filter { start <= $0.time && $0.time < end }.map(\.value)
        #expect(Set(within) == [before] && samples.first?.value == 0)
        checked += expected > 0 ? 1 : 0
      }
      for (entity, users) in truth.activeUsers where entity.scope == table.scope {
        var labels = ["provider": table.provider.rawValue, "workspace": "acme", "window": "1d"]
        if table.scope == .agent { labels["agent_id"] = entity.id }
        let name = "agentusage_\(table.scope.rawValue)_active_users"
        #expect(document.value(name, labels, at: end) == Double(users), "\(labels) on \(day)")
        // Of the day before at its own end, and of this one an hour later.
        #expect(document.value(name, labels, at: start + 3600) == Double(users))
      }
    }
    #expect(checked > 10, "\(table.provider) \(table.scope)")
  }

  /// - Returns: nil for what is no counter of the scope.
  private static func key(of series: Scrape.Series, _ scope: Scope) -> SeriesKey? {
    for measure in Measure.allCases where series.name == "agentusage_\(scope.rawValue)_\(measure.rawValue)_total" {
      let ids = scope.identityLabels.map { series.labels[$0] ?? "" }
      let entity = Entity(scope, ids.first ?? "", qualifier: ids.count > 1 ? ids[1] : "")
      return SeriesKey(entity, measure, measure.dimension.flatMap { series.labels[$0] } ?? "")
    }
    return nil
  }

  @Test("an execution whose chat is edited days later counts once, on the day on which it happened")
  func editedExecution() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Scene.now), historyDays: 60)
    company.addTessAgent(slug: "chat", name: "Chat", type: .chat)
    let day = Scene.span.first.advanced(by: 4)
    let moment = Date(timeIntervalSince1970: Double(day.ordinal * 86_400 + 43_200))
    let ids = company.addExecutions(3, agent: "chat", at: moment)
    let edited = company.editExecution(id: try #require(ids.first), at: moment + 3 * 86_400)
    #expect(edited)
    try await withScene(company) { scene in
      let document = try TimedDocument(try #require(try await scene.run()))
      let labels = ["provider": "tess", "workspace": "acme", "agent_id": "chat"]
      let name = "agentusage_agent_executions_total"
      let samples = try #require(document.series[Scrape.Series(name, labels)])
      let calendar = try #require(LocalCalendar(zone: Scene.berlin))
      #expect(document.value(name, labels, at: calendar.start(of: day).timeIntervalSince1970) == 0)
      #expect(document.value(name, labels, at: calendar.start(of: day.advanced(by: 1)).timeIntervalSince1970) == 3)
      #expect(samples.last?.value == 3)
    }
  }

  @Test("agents beyond the limit share one series, whose sum is theirs")
  func folding() async throws {
    try await withScene { scene in
      let whole = try TimedDocument(try #require(try await scene.run("whole")))
      var few = scene
      few.configuration = scene.configuration.replacingOccurrences(
        of: "defaults: {", with: "defaults: { max_agents: 2,")
      let folded = try TimedDocument(try #require(try await few.run("few")))
      func totals(_ document: TimedDocument, _ provider: String) -> [String: Double] {
        var totals: [String: Double] = [:]
        for (series, samples) in document.series
        where series.name.hasPrefix("agentusage_agent_") && series.name.hasSuffix("s_total")
          && series.labels["provider"] == provider && series.labels["token_type"] == nil
        {
          totals[series.labels["agent_id"] ?? "", default: 0] += samples.last?.value ?? 0
        }
        return totals
      }
      for provider in ["langdock", "dust", "tess"] {
        let (all, few) = (totals(whole, provider), totals(folded, provider))
        #expect(all.count == 6 && few.count == 3)
        let kept = few.keys.filter { $0 != "other" }
        #expect(kept.allSatisfy { few[$0] == all[$0] })
        let rest = all.filter { !kept.contains($0.key) }.values.reduce(0, +)
        #expect(abs((few["other"] ?? 0) - rest) < 1e-6, "\(provider)")
      }
      #expect(!folded.series.keys.contains { $0.name.hasSuffix("active_users") && $0.labels["agent_id"] == "other" })
    }
  }
}
