package import Foundation
package import Usage

/// The usage of local days as Langdock must report it at a given moment.
///
/// `ownKeys` says whether the workspace reports tokens (``LangdockOptions/ownKeys``); tokens and model costs are
/// those of models with own keys only.
extension Company {
  /// Counts messages by index; `index` is nil for those that do not count.
  private func counts(
    _ span: DaySpan, _ calendar: LocalCalendar, _ now: Date, by index: (Directory.Producer, Message) -> Int?
  ) -> [Int: TruthCount] {
    let models = directory.models
    var counts: [Int: TruthCount] = [:]
    countable(messages, of: .langdock, span, in: calendar, at: now) { producer, message in
      guard let index = index(producer, message) else { return }
      counts[index, default: TruthCount()].add(message, ownKeys: models[Int(message.model)].ownKeys)
    }
    return counts
  }

  /// Messages, conversations, tokens and active users by agent.
  package func agentTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    var users: [Int: Set<UInt16>] = [:]
    var conversations: [Int: Set<UInt32>] = [:]
    let counts = counts(span, calendar, now) { producer, message in
      guard case .agent(let index) = producer else { return nil }
      users[index, default: []].insert(message.user)
      conversations[index, default: []].insert(message.conversation)
      return index
    }
    let agents = directory.agents
    for (index, count) in counts {
      let agent = Entity(.agent, upstream: agents[index].id)
      truth.add(count.messages, agent, .messages)
      truth.add(Int64(conversations[index]?.count ?? 0), agent, .conversations)
      truth.activeUsers[agent] = Int64(users[index]?.count ?? 0)
      if ownKeys { truth.addTokens(count, agent) }
    }
    return truth
  }

  package func projectTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let projects = directory.projects
    let counts = counts(span, calendar, now) { _, message in
      message.project == Message.none || message.apiKey != Message.none ? nil : Int(message.project)
    }
    for (index, count) in counts {
      truth.add(count.messages, Entity(.project, upstream: projects[index].id), .messages)
    }
    return truth
  }

  /// Requests, tokens and cost by model and provider; with and without own keys together.
  package func modelTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    let models = directory.models
    for (index, count) in counts(span, calendar, now, by: { Int($1.model) }) {
      let model = Entity(.model, upstream: models[index].name, qualifier: models[index].provider)
      truth.add(count.messages, model, .requests)
      guard ownKeys else { continue }
      truth.addTokens(count, model)
      truth.add(count.ownCost, model, .costUSD)
    }
    return truth
  }

  /// Requests by source, as the model export grouped by it.
  package func sourceTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let counts = counts(span, calendar, now) { Int($1.source.rawValue) }
    for source in MessageSource.allCases {
      let count = counts[Int(source.rawValue)] ?? TruthCount()
      truth.add(count.messages, Entity(.source, upstream: source.name), .requests)
    }
    return truth
  }

  /// Requests, cost and tokens by API key. The cost is reported without own keys too.
  package func apiKeyTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    let keys = directory.apiKeys
    let counts = counts(span, calendar, now) { $1.apiKey == Message.none ? nil : Int($1.apiKey) }
    for (index, count) in counts {
      let key = Entity(.apiKey, upstream: keys[index].id)
      truth.add(count.messages, key, .requests)
      truth.add(count.cost, key, .costUSD)
      if ownKeys { truth.addTokens(count, key) }
    }
    return truth
  }

  /// Messages by user, and how many users there were in the workspace.
  package func userTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let people = directory.people
    let counts = counts(span, calendar, now) { $1.apiKey == Message.none ? Int($1.user) : nil }
    for (index, count) in counts {
      truth.add(count.messages, Entity(.user, upstream: people[index].id), .messages)
    }
    if !counts.isEmpty { truth.activeUsers[.workspace] = Int64(counts.count) }
    return truth
  }
}
