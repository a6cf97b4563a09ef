import Usage

/// The tables of one row for each event.
extension DustTables {
  /// What tables of events say of an agent: an archived one has lost its name.
  func agentCells(_ index: Int) -> (name: String, settings: String, tags: [String]) {
    let agent = directory.agents[index]
    guard agent.deleted ?? .max > now else { return (agent.id, DustDirectory.Settings.unknown.rawValue, []) }
    let traits = dust.traits[agent.id] ?? DustDirectory.Traits()
    let settings = traits.settings == .global ? .unknown : traits.settings
    return (agent.name, settings.rawValue, traits.tags)
  }

  /// Sorted, without repetition, and joined with commas.
  private func joined(_ parts: some Sequence<String>) -> Cell { .text(Set(parts).sorted().joined(separator: ",")) }

  func messages() -> Table {
    let columns = [
      Table.Column("messageId"), Table.Column("createdAt", .date), Table.Column("assistantId", .id),
      Table.Column("assistantName", .name), Table.Column("assistantSettings"), Table.Column("assistantTags"),
      Table.Column("conversationId"), Table.Column("parentMessageId"), Table.Column("userId"),
      Table.Column("userEmail"), Table.Column("source"), Table.Column("toolsUsed"), Table.Column("skillsUsed"),
      Table.Column("modelId"), Table.Column("modelProviderId"), Table.Column("modelResolutionMethod"),
      Table.Column("credits", .count),
    ]
    let billedOnly = options.messagesFromConsumptionIndex
    // The old index takes bare days for UTC ones, whatever the zone.
    let (from, end) = billedOnly ? window : window(in: .utc)
    var found: [(time: Int64, id: String, agent: Int, message: DustMessage)] = []
    book.forEachMessage(from: from, to: end, at: now) { agent, message in
      guard !(billedOnly && message.failed) else { return }
      found.append((billedOnly ? 0 : message.times.occurred, DustID.message(agent: agent, message), agent, message))
    }
    found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    return Table(columns, found.map { cells($0.id, $0.agent, $0.message) })
  }

  private func cells(_ id: String, _ agent: Int, _ message: DustMessage) -> [Cell] {
    let (name, settings, tags) = agentCells(agent)
    let run = dust.runs[Int(message.run)]
    let model = run.model.map { dust.models[$0] }
    let person = message.user == DustMessage.none ? nil : directory.people[Int(message.user)]
    let tools = run.calls.compactMap { call -> String? in
      guard case .tool(let tool) = call.kind else { return nil }
      return "\(dust.tools[tool].server)__\(dust.tools[tool].name)"
    }
    let skills = run.calls.flatMap(\.skills).map { index in
      options.messagesFromConsumptionIndex ? dust.skills[index].id : dust.skills[index].name ?? dust.skills[index].id
    }
    let billed = message.failed ? 0 : run.calls.reduce(Int64(message.extraCredits)) { $0 + Int64($1.credits) }
    return [
      .text(id), .text(dateTime(message.times.occurred)), .text(directory.agents[agent].id), .text(name),
      .text(settings), joined(tags), .text(DustID.conversation(message.conversation)),
      .text(DustID.parent(agent: agent, message)), .text(person?.id ?? ""), .text(person?.email ?? ""),
      .text(message.origin == DustMessage.none ? "unknown" : dust.origins[Int(message.origin)]), joined(tools),
      joined(skills), .text(model?.id ?? ""), .text(model?.provider ?? ""), .text(model == nil ? "" : "explicit"),
      Self.whole(billed),
    ]
  }

  /// In the order in which it was given.
  func feedback() -> Table {
    var columns = [
      Table.Column("feedbackId"), Table.Column("createdAt", .date), Table.Column("assistantId", .id),
      Table.Column("assistantName", .name),
    ]
    if options.feedbackConversationID { columns.append(Table.Column("conversationId")) }
    columns += [
      Table.Column("conversationUrl"), Table.Column("userId"), Table.Column("userEmail"), Table.Column("thumb"),
      Table.Column("content"), Table.Column("dismissed"),
    ]
    let (from, end) = window
    var found: [(id: Int64, agent: Int, feedback: DustFeedback)] = []
    book.forEachFeedback(from: from, to: end, at: now) { found.append((Self.feedbackID($0, $1), $0, $1)) }
    found.sort { ($0.feedback.times.occurred, $0.id) < ($1.feedback.times.occurred, $1.id) }
    return Table(columns, found.map { cells($0.id, $0.agent, $0.feedback) })
  }

  /// A number of its own for each, the same for ever.
  static func feedbackID(_ agent: Int, _ feedback: DustFeedback) -> Int64 {
    let day = Int64(Millis.ordinal(feedback.times.occurred))
    return (day * 1000 + Int64(agent % 1000)) << 25 | Int64(feedback.serial)
  }

  private func cells(_ id: Int64, _ agent: Int, _ feedback: DustFeedback) -> [Cell] {
    let conversation = DustID.conversation(feedback.conversation)
    let person = feedback.user == DustMessage.none ? nil : directory.people[Int(feedback.user)]
    var row: [Cell] = [
      .text(String(id)), .text(dateTime(feedback.times.occurred)), .text(directory.agents[agent].id),
      .text(agentCells(agent).name),
    ]
    if options.feedbackConversationID { row.append(.text(conversation)) }
    let url = "https://dust.tt/w/\(options.workspace)/assistant/\(conversation)"
    return row + [
      .text(feedback.shared ? url : ""), .text(person?.id ?? ""), .text(person?.email ?? ""),
      .text(feedback.up ? "up" : "down"), .text(dust.comments[Int(feedback.comment)]),
      .text(feedback.dismissed ? "true" : "false"),
    ]
  }
}
