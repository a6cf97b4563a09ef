import Usage

/// The rows of each kind of export, with all documented columns.
struct ExportTables {
  let scan: LangdockScan
  let options: LangdockOptions
  let request: LangdockRequest

  var directory: Directory { scan.directory }

  /// Columns that all exports begin with.
  var commonColumns: [Table.Column] {
    [Table.Column("period_start", .date), Table.Column("period_end", .date), Table.Column("org_id")]
  }

  var commonCells: [Cell] {
    let dates: [String]
    switch options.periodDates {
    case .requested: dates = [request.from.date, request.to.date].map { String($0.prefix(10)) }
    case .utc:
      dates = [scan.window.from, scan.window.through].map { Day(ordinal: Millis.ordinal($0)).description }
    }
    return dates.map { .text($0) } + [.text(options.organization)]
  }

  /// The column that a grouping adds; its name is documented nowhere.
  func groupColumn() -> [Table.Column] { request.groupBy.map { [Table.Column($0)] } ?? [] }

  func groupByModel(_ message: Message) -> Int { request.groupBy == nil ? 0 : Int(message.model) }

  func modelCell(_ key: LangdockScan.Key) -> [Cell] {
    request.groupBy == nil ? [] : [.text(directory.models[key.group].name)]
  }

  func agents() -> Table {
    let person = options.userLevelData
    var columns = commonColumns
    columns += [Table.Column("assistant_id", .id), Table.Column("assistant_name", .name)] + groupColumn()
    columns += [Table.Column("messages", .count)]
    columns += ["unique_users", "active_users", "conversations", "messages_per_user"].map { Table.Column($0) }
    let personal = [
      "assistant_description", "assistant_url", "assistant_owner_id", "assistant_owner_email",
    ]
    if person { columns += personal.map { Table.Column($0) } }
    if options.ownKeys { columns += agentTokenColumns }
    let tallies = scan.usage(distinct: true) { producer, message in
      guard case .agent(let index) = producer else { return nil }
      return LangdockScan.Key(entity: index, group: groupByModel(message))
    }
    let rows = tallies.map { key, tally -> [Cell] in
      let agent = directory.agents[key.entity]
      let users = Int64(tally.users.count)
      var row = commonCells + [.text(agent.id), .text(agent.name)] + modelCell(key)
      row += [
        .integer(tally.messages), .integer(users), .integer(users), .integer(Int64(tally.conversations.count)),
        .ratio(tally.messages, users),
      ]
      if person {
        let owner = directory.people[agent.owner]
        row += [
          .text(agent.description), .text("https://app.langdock.com/agents/\(agent.id)"), .text(owner.id),
          .text(owner.email),
        ]
      }
      return options.ownKeys ? row + agentTokenCells(tally) : row
    }
    return Table(columns, rows)
  }

  private var agentTokenColumns: [Table.Column] {
    var names = ["prompt", "completion"].flatMap { kind in
      ["sum", "avg", "min", "max"].map { "\($0)_\(kind)_tokens" }
    }
    switch options.agentCacheColumns {
    case .asInModels: names += ["sum_cached_prompt_tokens", "sum_cache_creation_tokens", "no_cache_tokens"]
    case .asInAPIKeys: names += ["cached_prompt_tokens", "cache_creation_tokens", "no_cache_tokens"]
    case .none: break
    }
    return names.map { Table.Column($0) }
  }

  private func agentTokenCells(_ tally: UsageTally) -> [Cell] {
    let metered = tally.metered
    var row = [tally.prompt, tally.completion].flatMap { spread -> [Cell] in
      let known = metered > 0
      return [
        .integer(spread.sum), .ratio(spread.sum, metered), known ? .integer(spread.least) : .null,
        known ? .integer(spread.most) : .null,
      ]
    }
    if options.agentCacheColumns != .none {
      row += [.integer(tally.cached), .integer(tally.cacheCreation), .integer(tally.input)]
    }
    return row
  }

  func projects() -> Table {
    var columns = commonColumns + [Table.Column("project_id", .id), Table.Column("project_name", .name)]
    columns += [Table.Column("project_owner_id")]
    if options.userLevelData { columns += [Table.Column("project_owner_email")] }
    columns += [Table.Column("messages", .count)]
    let tallies = scan.usage { _, message in
      guard message.project != Message.none, message.apiKey == Message.none else { return nil }
      return LangdockScan.Key(entity: Int(message.project), group: 0)
    }
    let rows = tallies.map { key, tally -> [Cell] in
      let project = directory.projects[key.entity]
      let owner = directory.people.indices.contains(project.owner) ? directory.people[project.owner] : nil
      var row = commonCells + [.text(project.id), .text(project.name), .text(orNull: owner?.id)]
      if options.userLevelData { row += [.text(orNull: owner?.email)] }
      return row + [.integer(tally.messages)]
    }
    return Table(columns, rows)
  }
}
