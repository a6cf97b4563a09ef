package import Foundation
import Ledger
import Publication
import Upstream
import Usage

extension WorkspaceCollection {
  /// How the workspace fares, out of memory: neither the provider nor the ledger is asked.
  package func status(at now: Date) -> WorkspaceStatus {
    var status = WorkspaceStatus(
      id: plan.id, calendar: plan.policy.calendar, collectors: members.map { self.status(of: $0, at: now) },
      requests: requests.turned(at: now, in: plan.policy.calendar))
    status.switchedOff = plan.facts.disabledCollectors
    status.pausedUntil = pause(at: now)?.until
    let limits = counter.tally.rateLimit
    if limits.limit != nil || limits.remaining != nil {
      status.allowance = ProviderAllowance(limit: limits.limit, remaining: limits.remaining, reset: limits.reset)
    }
    status.series = members.reduce(0) { $0 + $1.seriesCount }
    status.foldedAgents = folded
    return status
  }

  private func status(of member: Member, at now: Date) -> CollectorStatus {
    var standing = CollectorStanding(
      progress: member.book.progress, minInterval: member.facts.minInterval, maxStaleness: member.facts.maxStaleness)
    standing.notes = member.notes
    standing.block = pause(at: now)
    standing.isRunning = member.flight != nil
    var status = CollectorStatus(name: member.id.name, standing, at: now)
    status.publishedUntil = member.facts.freshUntil(member.book)
    status.rejectedRows = AgentBoard.sum(member.book.rejected.values)
    return status
  }

  /// What people look for first; what is billed before what is merely counted.
  private static let ranked: [Measure] = [.credits, .messages, .executions, .calls, .callSeconds]

  /// The agents of the current month that were used most, without their trends; nil if no month of agents is published.
  func agentBoard(at now: Date) -> AgentBoard? {
    let today = plan.policy.calendar.day(at: now)
    guard plan.policy.periods.contains(.month) else { return nil }
    let told = members.map { ($0, Self.usageOfAgents($0.book.periods[PeriodWindow(.month, today: today)] ?? [:])) }
    for measure in Self.ranked {
      for (member, usage) in told where !hiddenFamilies(of: member.id.name).contains(SeriesFamily(.agent, measure)) {
        if let usage = usage[measure] { return board(of: usage, measure, member, today: today) }
      }
    }
    return nil
  }

  private static func usageOfAgents(_ month: [SeriesKey: Int64]) -> [Measure: [(key: SeriesKey, month: Int64)]] {
    var usage: [Measure: [(key: SeriesKey, month: Int64)]] = [:]
    for (key, amount) in month where key.entity.scope == .agent && amount > 0 {
      usage[key.measure, default: []].append((key, amount))
    }
    return usage
  }

  private func board(
    of usage: [(key: SeriesKey, month: Int64)], _ measure: Measure, _ member: Member, today: Day
  ) -> AgentBoard {
    let named = usage.filter { $0.key.entity != .unassigned && $0.key.entity != .other }
    let order = named.sorted { ($1.month, $0.key.entity.id) < ($0.month, $1.key.entity.id) }
    let top = order.prefix(AgentBoard.length).map { key, amount in
      let name = member.book.attributes[key.entity]?.first { $0.label == "agent_name" }?.value
      return AgentUsage(
        workspace: plan.id, collector: member.id.name, key: key, name: name, month: amount, today: today)
    }
    return AgentBoard(
      provider: plan.id.provider, workspace: plan.id, measure: measure, agents: top,
      rest: AgentBoard.sum(usage.map(\.month)) - AgentBoard.sum(top.map(\.month)), count: named.count)
  }

  /// The same agents, all of this workspace, with what the ledger holds of their last days.
  ///
  /// The ledger reads on a thread of its own; one that cannot be read leaves the trends out.
  func withTrends(_ agents: [AgentUsage]) async -> [AgentUsage] {
    guard let first = agents.first, let member = members.first(where: { $0.id.name == first.collector }) else {
      return agents
    }
    let span = DaySpan(endingOn: first.today, count: AgentBoard.trendDays)
    let known = Set(member.book.readAt.keys.compactMap(\.day))
    guard span.days.contains(where: known.contains) else { return agents }
    let values = (try? await environment.ledger.days(of: agents.map(\.key), in: member.id, over: span)) ?? [:]
    return agents.map { agent in
      var agent = agent
      agent.trend = span.days.map { known.contains($0) ? values[agent.key]?[$0] ?? 0 : nil }
      return agent
    }
  }
}
