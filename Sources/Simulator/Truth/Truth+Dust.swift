package import Foundation
package import Usage

/// The usage that Dust's `analytics/export` must report of local days at a given moment, counted event by event.
extension Company {
  /// Agent messages, conversations, credits and active users by agent.
  ///
  /// Only agents that the table lists: neither archived at `now` nor drafts. Credits are whole ones, rounded once over
  /// the whole span.
  package func dustAgentTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    var counts: [Int: DustTruthCount] = [:]
    billedDustMessages(span, in: calendar, at: now) { agent, message, billed in
      counts[agent, default: DustTruthCount()].add(message, billed)
    }
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    let (agents, traits) = (directory.agents, dust.directory.traits)
    for (index, count) in counts {
      let agent = agents[index]
      if let archived = agent.deleted, archived <= moment { continue }
      if traits[agent.id]?.settings == .draft { continue }
      let entity = Entity(.agent, upstream: agent.id)
      truth.add(count.messages, entity, .messages)
      truth.add(Int64(count.conversations.count), entity, .conversations)
      truth.add(count.wholeCredits, entity, .credits)
      if !count.users.isEmpty { truth.activeUsers[entity] = Int64(count.users.count) }
    }
    return truth
  }

  /// Messages, conversations and active users of the whole workspace on one day.
  package func dustWorkspaceTruth(_ day: Day, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    var count = DustTruthCount()
    billedDustMessages(DaySpan(day), in: calendar, at: now) { _, message, billed in count.add(message, billed) }
    truth.add(count.messages, .workspace, .messages)
    truth.add(Int64(count.conversations.count), .workspace, .conversations)
    if !count.users.isEmpty { truth.activeUsers[.workspace] = Int64(count.users.count) }
    return truth
  }

  /// Distinct users of the 1, 7 and 28 days that end with `day`.
  package func dustActiveUserTruth(
    endingOn day: Day, in calendar: LocalCalendar = .utc, at now: Date
  ) -> (dau: Int64, wau: Int64, mau: Int64) {
    func users(_ days: Int) -> Int64 {
      var users: Set<UInt16> = []
      billedDustMessages(DaySpan(endingOn: day, count: days), in: calendar, at: now) { _, message, _ in
        if message.user != DustMessage.none { users.insert(message.user) }
      }
      return Int64(users.count)
    }
    return (users(1), users(7), users(28))
  }

  /// Agent messages by origin, of each day those of its 20 most frequent ones.
  package func dustSourceTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let origins = dust.directory.origins.values
    for day in span.days {
      var counts: [String: Int64] = [:]
      billedDustMessages(DaySpan(day), in: calendar, at: now) { _, message, _ in
        let known = message.origin != DustMessage.none
        counts[known ? origins[Int(message.origin)] : "unknown", default: 0] += 1
      }
      let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      for (origin, count) in ranked.prefix(20) { truth.add(count, Entity(.source, upstream: origin), .messages) }
    }
    return truth
  }

  /// Tool calls by the name of the skill to which they are attributed; those of skills with one name together.
  package func dustSkillTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let skills = dust.directory.skills
    dustToolCalls(span, in: calendar, at: now) { _, call in
      for skill in call.skills {
        truth.add(1, Entity(.skill, upstream: skills[skill].name ?? skills[skill].id), .executions)
      }
    }
    return truth
  }

  /// Tool calls by MCP server.
  package func dustToolTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    dustToolCalls(span, in: calendar, at: now) { server, _ in
      truth.add(1, Entity(.tool, upstream: server), .executions)
    }
    return truth
  }

  private func dustToolCalls(
    _ span: DaySpan, in calendar: LocalCalendar, at now: Date, _ body: (_ server: String, DustRun.Call) -> Void
  ) {
    let directory = dust.directory
    billedDustMessages(span, in: calendar, at: now) { _, message, _ in
      for call in directory.runs[Int(message.run)].calls {
        if case .tool(let tool) = call.kind { body(directory.tools[tool].server, call) }
      }
    }
  }

  /// Messages and whole credits by user; only people who were members on a day of the span.
  package func dustUserTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    var counts: [UInt16: DustTruthCount] = [:]
    billedDustMessages(span, in: calendar, at: now) { _, message, billed in
      if message.user != DustMessage.none { counts[message.user, default: DustTruthCount()].add(message, billed) }
    }
    let (people, memberships) = (directory.people, dust.directory.memberships)
    let days = span.days.filter { $0 <= calendar.day(at: now) }
    for (index, count) in counts {
      let person = people[Int(index)]
      let stays = memberships[Int(index)] ?? [DustDirectory.Membership(from: person.joined)]
      let member = days.contains { day in
        stays.contains { stay in day >= stay.from && (stay.until.map { day < $0 } ?? true) }
      }
      guard member else { continue }
      let entity = Entity(.user, upstream: person.id)
      truth.add(count.messages, entity, .messages)
      truth.add(count.wholeCredits, entity, .credits)
    }
    return truth
  }
}

/// The running count of one entity of Dust's.
private struct DustTruthCount {
  var messages: Int64 = 0
  /// Hundredths of a credit.
  var billed: Int64 = 0
  var users: Set<UInt16> = []
  var conversations: Set<UInt32> = []

  mutating func add(_ message: DustMessage, _ billed: Int64) {
    messages += 1
    self.billed += billed
    conversations.insert(message.conversation)
    if message.user != DustMessage.none { users.insert(message.user) }
  }

  /// Millionths of a credit, though whole credits: what is a half or more counts for one.
  var wholeCredits: Int64 { (billed / 100 + (billed % 100 >= 50 ? 1 : 0)) * 1_000_000 }
}
