package import Foundation
package import Usage

/// The usage of local days as Langdock must report it at a given moment.
///
/// - Parameter ownKeys: whether the workspace reports tokens (``LangdockOptions/ownKeys``); tokens and model costs
///   are those of models with own keys only.
extension Company {
  /// Messages, conversations, tokens and active users by agent.
  package func agentTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    var users: [Entity: Set<UInt16>] = [:]
    var conversations: [Entity: Set<UInt32>] = [:]
    countable(messages, of: .langdock, span, in: calendar, at: now) { directory, producer, message in
      guard case .agent(let index) = producer else { return }
      let agent = Entity(.agent, upstream: directory.agents[index].id)
      truth.add(1, agent, .messages)
      users[agent, default: []].insert(message.user)
      conversations[agent, default: []].insert(message.conversation)
      if ownKeys, directory.models[Int(message.model)].ownKeys { truth.addTokens(message, agent) }
    }
    for (agent, seen) in conversations { truth.add(seen.count, agent, .conversations) }
    truth.activeUsers = users.mapValues { Int64($0.count) }
    return truth
  }

  package func projectTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    countable(messages, of: .langdock, span, in: calendar, at: now) { directory, _, message in
      guard message.project != Message.none, message.apiKey == Message.none else { return }
      truth.add(1, Entity(.project, upstream: directory.projects[Int(message.project)].id), .messages)
    }
    return truth
  }

  /// Requests, tokens and cost by model and provider; with and without own keys together.
  package func modelTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    countable(messages, of: .langdock, span, in: calendar, at: now) { directory, _, message in
      let model = directory.models[Int(message.model)]
      let entity = Entity(.model, upstream: model.name, qualifier: model.provider)
      truth.add(1, entity, .requests)
      guard ownKeys, model.ownKeys else { return }
      truth.addTokens(message, entity)
      truth.add(message.cost, entity, .costUSD)
    }
    return truth
  }

  /// Requests by source, as the model export grouped by it.
  package func sourceTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    countable(messages, of: .langdock, span, in: calendar, at: now) { _, _, message in
      truth.add(1, Entity(.source, message.source.name), .requests)
    }
    return truth
  }

  /// Requests, cost and tokens by API key. The cost is reported without own keys too.
  package func apiKeyTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, ownKeys: Bool = true
  ) -> Truth {
    var truth = Truth()
    countable(messages, of: .langdock, span, in: calendar, at: now) { directory, _, message in
      guard message.apiKey != Message.none else { return }
      let key = Entity(.apiKey, upstream: directory.apiKeys[Int(message.apiKey)].id)
      truth.add(1, key, .requests)
      truth.add(message.cost, key, .costUSD)
      if ownKeys, directory.models[Int(message.model)].ownKeys { truth.addTokens(message, key) }
    }
    return truth
  }

  /// Messages by user, and how many users there were in the workspace.
  package func userTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    var users: Set<UInt16> = []
    countable(messages, of: .langdock, span, in: calendar, at: now) { directory, _, message in
      guard message.apiKey == Message.none else { return }
      truth.add(1, Entity(.user, upstream: directory.people[Int(message.user)].id), .messages)
      users.insert(message.user)
    }
    if !users.isEmpty { truth.activeUsers[.workspace] = Int64(users.count) }
    return truth
  }
}
