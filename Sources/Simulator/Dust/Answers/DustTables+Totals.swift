import Usage

/// The tables of one row for each agent, user or skill.
extension DustTables {
  /// Every agent of the workspace that is in use or could be, and Dust's own if they were used.
  func agents() -> Table {
    let columns = [
      Table.Column("agentId", .id), Table.Column("name", .name), Table.Column("description"), Table.Column("settings"),
      Table.Column("modelId"), Table.Column("providerId"), Table.Column("authorEmails"), Table.Column("editorEmails"),
      Table.Column("messages", .count), Table.Column("distinctUsersReached"), Table.Column("distinctConversations"),
      Table.Column("lastEdit"), Table.Column("credits", .count),
    ]
    let tallies = agentTallies()
    var rows: [(messages: Int64, cells: [Cell])] = []
    for (index, agent) in directory.agents.enumerated() where agent.provider == .dust {
      let traits = dust.traits[agent.id] ?? DustDirectory.Traits()
      let tally = tallies[index] ?? DustTally()
      guard agent.deleted ?? .max > now, agent.since <= today, traits.settings != .draft else { continue }
      guard traits.settings != .global || tally.messages > 0 else { continue }
      rows.append((tally.messages, cells(agent, traits, tally)))
    }
    rows.sort { $0.messages > $1.messages }
    return Table(columns, rows.map(\.cells))
  }

  private func cells(_ agent: Directory.Agent, _ traits: DustDirectory.Traits, _ tally: DustTally) -> [Cell] {
    let global = traits.settings == .global
    return [
      .text(agent.id), .text(agent.name), .text(agent.description), .text(traits.settings.rawValue),
      .text(traits.model.id), .text(traits.model.provider), .text(global ? "" : email(agent.owner)),
      .list(traits.editors.map { .text(email($0)) }), .integer(tally.messages),
      .integer(Int64(tally.users.count)), .integer(Int64(tally.conversations.count)),
      .text(global ? "" : (traits.lastEdit ?? agent.since).description), Self.whole(tally.credits),
    ]
  }

  /// Every stay in the workspace that overlaps the window.
  func users() -> Table {
    let columns = [
      Table.Column("userId", .id), Table.Column("userName", .name), Table.Column("userEmail"),
      Table.Column("userStatus"), Table.Column("lastLoginAt"), Table.Column("messageCount", .count),
      Table.Column("lastMessageSent"), Table.Column("activeDaysCount"), Table.Column("groups"),
      Table.Column("credits", .count),
    ]
    let total = workspaceDays().reduce(into: DustTally()) { $0.add($1.tally, sameDay: false) }
    var rows: [(messages: Int64, cells: [Cell])] = []
    for (index, person) in directory.people.enumerated() {
      let usage = total.people[index]
      for stay in dust.memberships(of: index, person) where overlaps(stay) {
        rows.append((usage.messages, cells(index, person, stay, usage)))
      }
    }
    rows.sort { $0.messages > $1.messages }
    return Table(columns, rows.map(\.cells))
  }

  private func overlaps(_ stay: DustDirectory.Membership) -> Bool {
    stay.from <= min(query.span.last, today) && stay.until.map { $0 > query.span.first } ?? true
  }

  private func cells(
    _ index: Int, _ person: Directory.Person, _ stay: DustDirectory.Membership, _ usage: DustTally.Person
  ) -> [Cell] {
    // A stay that is not over yet is an active one.
    let over = stay.until.map { $0 <= today } ?? false
    let status = stay.status == .revoked && !over ? .active : stay.status
    let seen = max(stay.from, min(today.advanced(by: -(index % 5)), stay.until ?? today))
    return [
      .text(person.id), .text(person.name), .text(person.email), .text(status.rawValue),
      .text(status == .unregistered ? "" : seen.description), .integer(usage.messages),
      .text(usage.messages > 0 ? date(usage.last) : ""), .integer(usage.activeDays),
      .text(index % 3 == 0 ? "KI-Gilde, \(person.team)" : person.team), Self.whole(usage.credits),
    ]
  }

  /// The company's own skills, and Dust's as far as they were used.
  func skills() -> Table {
    let columns = [
      Table.Column("skillId", .id), Table.Column("name", .name), Table.Column("description"),
      Table.Column("editedByEmail"), Table.Column("createdAt"), Table.Column("lastEdit"),
    ]
    let total = workspaceDays().reduce(into: DustTally()) { $0.add($1.tally, sameDay: false) }
    let listed = dust.skills.enumerated().filter { index, skill in
      skill.custom && skill.name != nil && skill.created <= today || total.skills[index].executions > 0
    }
    let rows = listed.map { _, skill -> (name: String, cells: [Cell]) in
      let name = skill.name ?? skill.id
      return (
        name,
        [
          .text(skill.id), .text(name), .text(skill.description), .text(skill.custom ? email(skill.editor) : ""),
          .text(skill.custom ? skill.created.description : ""), .text(skill.custom ? skill.edited.description : ""),
        ]
      )
    }
    return Table(columns, rows.sorted { $0.name < $1.name }.map(\.cells))
  }
}
