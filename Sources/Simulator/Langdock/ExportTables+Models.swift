extension ExportTables {
  /// By name, provider and own keys; grouped by source or deployment on demand.
  func models() -> Table {
    var columns = commonColumns + [Table.Column("name", .id)]
    columns +=
      ["provider", "bring_your_keys"].map { Table.Column($0) } + groupColumn() + [Table.Column("requests", .count)]
    let ownColumns = [
      "sum_prompt_tokens", "sum_completion_tokens", "sum_cached_prompt_tokens", "sum_cache_creation_tokens",
      "no_cache_tokens", "total_cost_usd",
    ]
    if options.ownKeys { columns += ownColumns.map { Table.Column($0) } }
    let bySource = request.groupBy == "source"
    let tallies = scan.usage { _, message in
      LangdockScan.Key(entity: Int(message.model), group: bySource ? Int(message.source.rawValue) : 0)
    }
    let rows = tallies.map { key, tally -> [Cell] in
      let model = directory.models[key.entity]
      var row = commonCells + [.text(model.name), .text(model.provider), .flag(model.ownKeys)]
      if bySource {
        row.append(.text(orNull: MessageSource(rawValue: UInt8(key.group))?.name))
      } else if request.groupBy != nil {
        row.append(.text(model.deployment))
      }
      row.append(.integer(tally.messages))
      guard options.ownKeys else { return row }
      // Only the maker's own customers are told their tokens.
      let own: [Cell] = [
        .integer(tally.prompt.sum), .integer(tally.completion.sum), .integer(tally.cached),
        .integer(tally.cacheCreation), .integer(tally.input), .micro(tally.ownCost),
      ]
      return row + (model.ownKeys ? own : own.map { _ in .null })
    }
    return Table(columns, rows)
  }

  func apiKeys() -> Table {
    var columns = commonColumns + [Table.Column("api_key_id", .id), Table.Column("api_key_name", .name)]
    columns += groupColumn() + [Table.Column("requests", .count), Table.Column("total_cost_usd")]
    let ownColumns = [
      "sum_prompt_tokens", "sum_completion_tokens", "cached_prompt_tokens", "cache_creation_tokens", "no_cache_tokens",
    ]
    if options.ownKeys { columns += ownColumns.map { Table.Column($0) } }
    let tallies = scan.usage { _, message in
      guard message.apiKey != Message.none else { return nil }
      return LangdockScan.Key(entity: Int(message.apiKey), group: groupByModel(message))
    }
    let rows = tallies.map { key, tally -> [Cell] in
      let apiKey = directory.apiKeys[key.entity]
      let row =
        commonCells + [.text(apiKey.id), .text(apiKey.name)] + modelCell(key)
        + [.integer(tally.messages), .micro(tally.cost)]
      guard options.ownKeys else { return row }
      return row + [
        .integer(tally.prompt.sum), .integer(tally.completion.sum), .integer(tally.cached),
        .integer(tally.cacheCreation), .integer(tally.input),
      ]
    }
    return Table(columns, rows)
  }
}
