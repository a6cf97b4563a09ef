import Foundation
import Usage

extension WorkspaceUsage {
  func assistantMessages() -> Table {
    let columns = [
      Table.Column("message_id"), Table.Column("createdAt", .date), Table.Column("assistant_id", .id),
      Table.Column("assistant_name", .name), Table.Column("assistant_settings"), Table.Column("conversation_id"),
      Table.Column("parent_message_id"), Table.Column("user_message_id"), Table.Column("user_id"),
      Table.Column("user_email"), Table.Column("source"),
    ]
    let rows = messages.map { agent, message -> [Cell] in
      let (name, settings, _) = tables.agentCells(agent)
      let parent = DustID.parent(agent: agent, message)
      let person = person(message.user)
      let origin = message.origin == DustMessage.none ? "unknown" : tables.dust.origins[Int(message.origin)]
      return [
        .text(DustID.message(agent: agent, message)), .text(DustID.instant(message.times.occurred)),
        .text(directory.agents[agent].id), .text(name), .text(settings),
        .text(DustID.conversation(message.conversation)), .text(parent), .text(parent), .text(person?.id ?? ""),
        .text(person?.email ?? ""), .text(origin),
      ]
    }
    return Table(columns, rows)
  }

  func users() -> Table {
    let columns = [
      Table.Column("userId", .id), Table.Column("userName", .name), Table.Column("userEmail"),
      Table.Column("messageCount", .count), Table.Column("lastMessageSent"), Table.Column("activeDaysCount"),
      Table.Column("groups"),
    ]
    var counts: [Int: (messages: Int64, days: Set<Int>)] = [:]
    for (_, message) in messages where message.user != DustMessage.none {
      counts[Int(message.user), default: (0, [])].messages += 1
      counts[Int(message.user)]?.days.insert(Millis.ordinal(message.times.occurred))
    }
    if query.includeInactive {
      for (index, person) in directory.people.enumerated() where counts[index] == nil {
        let member = tables.dust.memberships(of: index, person).contains { $0.from <= tables.today }
        if member { counts[index] = (0, []) }
      }
    }
    let ordered = counts.sorted { ($1.value.messages, $0.key) < ($0.value.messages, $1.key) }
    let rows = ordered.map { index, count -> [Cell] in
      let person = directory.people[index]
      return [
        .text(person.id), .text(person.name), .text(person.email), .integer(count.messages),
        .text(count.days.max().map { Day(ordinal: $0).description } ?? ""), .integer(Int64(count.days.count)),
        .text(person.team),
      ]
    }
    return Table(columns, rows)
  }

  /// Published agents that are in use.
  func assistants() -> Table {
    let columns = [
      Table.Column("name", .id), Table.Column("description"), Table.Column("settings"), Table.Column("modelId"),
      Table.Column("providerId"), Table.Column("authorEmails"), Table.Column("messages", .count),
      Table.Column("distinctUsersReached"), Table.Column("distinctConversations"), Table.Column("lastEdit"),
    ]
    let tallies = tables.agentTallies()
    var rows: [(messages: Int64, name: String, cells: [Cell])] = []
    for (index, agent) in directory.agents.enumerated() where agent.provider == .dust {
      let traits = tables.dust.traits[agent.id] ?? DustDirectory.Traits()
      let tally = tallies[index] ?? DustTally()
      guard agent.deleted ?? .max > tables.now, traits.settings == .published, agent.since <= tables.today else {
        continue
      }
      guard tally.messages > 0 || query.includeInactive else { continue }
      let cells: [Cell] = [
        .text(agent.name), .text(agent.description), .text(traits.settings.rawValue), .text(traits.model.id),
        .text(traits.model.provider), .list([.text(tables.email(agent.owner))]), .integer(tally.messages),
        .integer(Int64(tally.users.count)), .integer(Int64(tally.conversations.count)),
        .text((traits.lastEdit ?? agent.since).description),
      ]
      rows.append((tally.messages, agent.name, cells))
    }
    rows.sort { ($1.messages, $0.name) < ($0.messages, $1.name) }
    return Table(columns, rows.map(\.cells))
  }

  /// Who edited agents within the window.
  func builders() -> Table {
    let columns = [
      Table.Column("userFirstName", .name), Table.Column("userLastName"), Table.Column("userEmail", .id),
      Table.Column("agentsEditionsCount", .count), Table.Column("distinctAgentsEditionsCount"),
      Table.Column("lastEditAt", .date),
    ]
    let (from, end) = rawWindow
    var edits: [Int: (count: Int64, last: Day)] = [:]
    for agent in directory.agents where agent.provider == .dust {
      let traits = tables.dust.traits[agent.id] ?? DustDirectory.Traits()
      let day = traits.lastEdit ?? agent.since
      let moment = Int64(day.ordinal) * Millis.day
      guard traits.settings != .global, moment >= from, moment < end, moment <= tables.now else { continue }
      let known = edits[agent.owner] ?? (0, day)
      edits[agent.owner] = (known.count + 1, max(known.last, day))
    }
    let rows = edits.sorted { $0.key < $1.key }.map { owner, edits -> [Cell] in
      let person = directory.people[owner]
      let names = person.name.split(separator: " ", maxSplits: 1).map(String.init)
      return [
        .text(names.first ?? ""), .text(names.dropFirst().first ?? ""), .text(person.email), .integer(edits.count),
        .integer(edits.count), .text("\(edits.last)T00:00:00.000Z"),
      ]
    }
    return Table(columns, rows)
  }

  func feedback() -> Table {
    let columns = [
      Table.Column("id"), Table.Column("createdAt", .date), Table.Column("userName"), Table.Column("userEmail"),
      Table.Column("agentConfigurationId", .id), Table.Column("agentConfigurationVersion"), Table.Column("thumb"),
      Table.Column("content"), Table.Column("conversationUrl"),
    ]
    let (from, end) = rawWindow
    var found: [(id: Int64, agent: Int, feedback: DustFeedback)] = []
    book.forEachFeedback(from: from, to: end, at: tables.now) { found.append((DustTables.feedbackID($0, $1), $0, $1)) }
    found.sort { ($0.feedback.times.occurred, $0.id) < ($1.feedback.times.occurred, $1.id) }
    let rows = found.map { id, agent, feedback -> [Cell] in
      let person = person(feedback.user)
      let conversation = DustID.conversation(feedback.conversation)
      let url = "https://dust.tt/w/\(tables.options.workspace)/assistant/\(conversation)"
      return [
        .text(String(id)), .text(DustID.instant(feedback.times.occurred)), .text(person?.name ?? ""),
        .text(person?.email ?? ""), .text(directory.agents[agent].id), .text("1"),
        .text(feedback.up ? "up" : "down"),
        .text(tables.dust.comments[Int(feedback.comment)].replacing("\n", with: "\\n")),
        .text(feedback.shared ? url : ""),
      ]
    }
    return Table(columns, rows)
  }
}
