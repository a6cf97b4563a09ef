package import Foundation
package import Usage

/// What Dust's tables of single events and its consumption lines must add up to at a given moment.
extension Company {
  /// Feedback by agent and thumb.
  package func dustFeedbackTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let agents = directory.agents
    countableDust(dust.feedback, span, in: calendar, at: now) { agent, feedback in
      truth.add(1, Entity(.agent, upstream: agents[agent].id), .feedback, feedback.up ? "up" : "down")
    }
    return truth
  }

  /// Messages by agent, and by model where the model is known, from the table `messages`.
  ///
  /// - Parameter fromConsumptionIndex: what ``DustOptions/messagesFromConsumptionIndex`` is. Without it the table
  ///   holds failed messages too, and its days are UTC days whatever the calendar.
  package func dustMessageTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, fromConsumptionIndex: Bool = false
  ) -> Truth {
    var truth = Truth()
    let (agents, directory) = (directory.agents, dust.directory)
    let cut = fromConsumptionIndex ? calendar : .utc
    countableDust(dust.messages, span, in: cut, at: now) { agent, message in
      if fromConsumptionIndex && message.failed { return }
      truth.add(1, Entity(.agent, upstream: agents[agent].id), .messages)
      guard let index = directory.runs[Int(message.run)].model else { return }
      let model = directory.models[index]
      truth.add(1, Entity(.model, upstream: model.id, qualifier: model.provider), .messages)
    }
    return truth
  }

  /// Exact credits by agent, model and MCP server from the consumption lines; archived agents and drafts count too.
  package func dustConsumptionTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let (agents, directory) = (directory.agents, dust.directory)
    countableDust(dust.messages, span, in: calendar, at: now) { agent, message in
      guard !message.failed else { return }
      let run = directory.runs[Int(message.run)]
      for (step, call) in run.calls.enumerated() {
        let hundredths = Int64(call.credits) + (step == 0 ? Int64(message.extraCredits) : 0)
        let micro = hundredths * 10_000
        truth.add(micro, Entity(.agent, upstream: agents[agent].id), .credits)
        switch call.kind {
        case .tool(let tool): truth.add(micro, Entity(.tool, upstream: directory.tools[tool].server), .credits)
        case .model:
          guard let index = run.model else { continue }
          let model = directory.models[index]
          truth.add(micro, Entity(.model, upstream: model.id, qualifier: model.provider), .credits)
        }
      }
    }
    return truth
  }

  /// Succeeded messages and active users by agent from the deprecated table `assistant_messages`, by UTC days.
  package func dustWorkspaceUsageTruth(_ span: DaySpan, at now: Date) -> Truth {
    var truth = Truth()
    var users: [Entity: Set<UInt16>] = [:]
    let agents = directory.agents
    countableDust(dust.messages, span, in: .utc, at: now) { index, message in
      guard !message.failed else { return }
      let agent = Entity(.agent, upstream: agents[index].id)
      truth.add(1, agent, .messages)
      if message.user != DustMessage.none { users[agent, default: []].insert(message.user) }
    }
    truth.activeUsers = users.mapValues { Int64($0.count) }
    return truth
  }

  // MARK: Counting

  /// Calls `body` with each message that Dust bills, and with the hundredths of a credit that it is billed.
  func billedDustMessages(
    _ span: DaySpan, in calendar: LocalCalendar, at now: Date,
    _ body: (_ agent: Int, DustMessage, _ billed: Int64) -> Void
  ) {
    let runs = dust.directory.runs
    countableDust(dust.messages, span, in: calendar, at: now) { agent, message in
      guard !message.failed else { return }
      var billed = Int64(message.extraCredits)
      for call in runs[Int(message.run)].calls { billed += Int64(call.credits) }
      body(agent, message, billed)
    }
  }

  /// Calls `body` with every event that happened within the local days of `span` and counts at `now`.
  func countableDust<Event: TimedEvent>(
    _ store: EventStore<Event>, _ span: DaySpan, in calendar: LocalCalendar, at now: Date,
    _ body: (_ agent: Int, Event) -> Void
  ) {
    let from = Int64(calendar.start(of: span.first).timeIntervalSince1970) * 1000
    let end = Int64(calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970) * 1000
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    // A day more on either side, whatever the zone; the test below is what decides.
    let days = DaySpan(span.first.advanced(by: -1), through: span.last.advanced(by: 1)).days
    for stream in dust.directory.streams {
      for day in days where day >= store.firstDay {
        for event in store.events(of: stream.id, on: day, keep: days.count < 40) {
          let times = event.times
          guard times.occurred >= from, times.occurred < end else { continue }
          guard times.visible <= moment, times.retracted > moment else { continue }
          body(stream.agent, event)
        }
      }
    }
  }
}

/// What ``DustOptions/syntheticConsumption`` of so many lines adds up to: exact credits by agent, model and MCP server.
package func syntheticConsumptionTruth(lines: Int) -> Truth {
  var (agents, models, tools) = (
    [Int64](repeating: 0, count: 7), [Int64](repeating: 0, count: 4), [Int64](repeating: 0, count: 5)
  )
  for line in 0..<max(0, lines) {
    let micro = Int64(line % 1000) * 10_000
    agents[line % 7] += micro
    if line % 3 == 2 { tools[line % 5] += micro } else { models[line % 4] += micro }
  }
  var truth = Truth()
  for (number, credits) in agents.enumerated() { truth.add(credits, Entity(.agent, "aSynth000\(number)"), .credits) }
  for (number, credits) in models.enumerated() {
    truth.add(credits, Entity(.model, "model-\(number)", qualifier: "provider-\(number % 2)"), .credits)
  }
  for (number, credits) in tools.enumerated() { truth.add(credits, Entity(.tool, "server-\(number)"), .credits) }
  return truth
}
