import Usage

/// The tables of daily totals.
extension DustTables {
  /// Days between the first and the last active one, also those without usage.
  func usageMetrics() -> Table {
    let columns = [
      Table.Column("date", .date), Table.Column("messages", .count), Table.Column("conversations", .count),
      Table.Column("activeUsers", .count),
    ]
    let days = workspaceDays()
    guard let first = days.firstIndex(where: { $0.tally.messages > 0 }),
      let last = days.lastIndex(where: { $0.tally.messages > 0 })
    else { return Table(columns, []) }
    let rows = days[first...last].map { day, tally -> [Cell] in
      [
        .text(day.description), .integer(tally.messages), .integer(Int64(tally.conversations.count)),
        .integer(Int64(tally.users.count)),
      ]
    }
    return Table(columns, rows)
  }

  /// Rolling distinct users of 1, 7 and 28 days; the look-back begins before the window.
  func activeUsers() -> Table {
    let columns = [
      Table.Column("date", .date), Table.Column("dau", .count), Table.Column("wau", .count),
      Table.Column("mau", .count),
    ]
    let span = DaySpan(query.span.first.advanced(by: -27), through: query.span.last)
    let days = workspaceDays(span).map { (day: $0.day, users: $0.tally.users) }
    func rolling(_ index: Int, _ length: Int) -> Cell {
      var union = IndexSet()
      for day in days[max(0, index - length + 1)...index] { union.formUnion(day.users) }
      return .integer(Int64(union.count))
    }
    let rows = days.indices.compactMap { index -> [Cell]? in
      guard days[index].day >= query.span.first, days[index].users.count > 0 else { return nil }
      return [.text(days[index].day.description), rolling(index, 1), rolling(index, 7), rolling(index, 28)]
    }
    return Table(columns, rows)
  }

  /// By date and origin; of each day the 20 origins with most messages.
  func source() -> Table {
    let columns = [
      Table.Column("date", .date), Table.Column("source", .id), Table.Column("messageCount", .count),
    ]
    let rows = workspaceDays().flatMap { day, tally -> [[Cell]] in
      var named = tally.origins.values.enumerated().compactMap { index, count in
        count > 0 ? (name: origin(index), count: count) : nil
      }
      named.sort { ($1.count, $0.name) < ($0.count, $1.name) }
      return named.prefix(20).sorted { $0.name < $1.name }.map {
        [.text(day.description), .text($0.name), .integer($0.count)]
      }
    }
    return Table(columns, rows)
  }

  private func origin(_ index: Int) -> String { index == 0 ? "unknown" : dust.origins[index - 1] }

  /// By date and name. Skills of one name have a row each.
  func skillUsage() -> Table {
    uses("skillName") { tally in
      tally.skills.values.enumerated().map { (name: dust.skills[$0].name ?? dust.skills[$0].id, use: $1) }
    }
  }

  /// By date and MCP server, whatever the tool.
  func toolUsage() -> Table {
    uses("toolName") { tally in
      var servers: [String: DustTally.Use] = [:]
      for (index, use) in tally.tools.values.enumerated() {
        servers[dust.tools[index].server, default: .init()].add(use)
      }
      return servers.map { (name: $0.key, use: $0.value) }
    }
  }

  private func uses(_ column: String, _ named: (DustTally) -> [(name: String, use: DustTally.Use)]) -> Table {
    let columns = [
      Table.Column("date", .date), Table.Column(column, .id), Table.Column("executions", .count),
      Table.Column("uniqueUsers"),
    ]
    let rows = workspaceDays().flatMap { day, tally -> [[Cell]] in
      named(tally).filter { $0.use.executions > 0 }.sorted { $0.name < $1.name }.map { name, use in
        [.text(day.description), .text(name), .integer(use.executions), .integer(Int64(use.users.count))]
      }
    }
    return Table(columns, rows)
  }
}
