extension ExportTables {
  /// What one person did; the counts by agent, project and model lie at their indices.
  private final class Person {
    var total: Int64 = 0
    var chat: Int64 = 0
    var assistants: [Int64]
    var projects: [Int64]
    var models: [Int64]
    var cost: Int64 = 0

    init(_ directory: Directory) {
      assistants = Array(repeating: 0, count: directory.agents.count)
      projects = Array(repeating: 0, count: directory.projects.count)
      models = Array(repeating: 0, count: directory.models.count)
    }

    var inAssistants: Int64 { assistants.reduce(0, +) }
    var inProjects: Int64 { projects.reduce(0, +) }

    func add(_ message: Message, _ producer: Directory.Producer) {
      total += 1
      cost += Int64(message.cost)
      models[Int(message.model)] += 1
      if message.project != Message.none {
        projects[Int(message.project)] += 1
      } else if case .agent(let agent) = producer {
        assistants[agent] += 1
      } else {
        chat += 1
      }
    }
  }

  /// One row for each person who wrote a message (and model, if grouped).
  func users() -> Table {
    let people = countPeople()
    var columns = commonColumns + [Table.Column("user_id", .id)]
    if options.userLevelData { columns += [Table.Column("name", .name), Table.Column("email")] }
    columns += groupColumn()
    let rest = [
      "role", "joined_at", "department", "company_name", "license_type", "payg_limit_current",
      "payg_consumption_in_period", "payg_utilization_pct_current", "messages_total", "messages_total_rank",
      "messages_chat", "messages_chat_rank", "messages_assistants", "messages_assistants_rank", "assistants_messaged",
      "assistants_to_messages", "messages_projects", "messages_projects_rank", "projects_messaged",
      "projects_to_messages", "model_to_messages_total", "action_messages", "action_messaged", "action_to_messages",
    ]
    columns += rest.map { Table.Column($0, $0 == "messages_total" ? .count : .other) }
    let ranks = (
      total: rank(people, \.total), chat: rank(people, \.chat), assistants: rank(people, \.inAssistants),
      projects: rank(people, \.inProjects)
    )
    let rows = people.map { key, usage -> [Cell] in
      let person = directory.people[key.entity]
      var row = commonCells + [.text(person.id)]
      if options.userLevelData { row += [.text(person.name), .text(person.email)] }
      row += modelCell(key)
      row += [
        .text("user"), .text("\(person.joined)T08:00:00.000Z"), .text(person.team), .text("Grüneberg Werkzeuge GmbH"),
        .text("business"), .integer(50), .micro(usage.cost), .ratio(usage.cost, 500_000),
      ]
      row += [
        .integer(usage.total), place(ranks.total, usage.total), .integer(usage.chat), place(ranks.chat, usage.chat),
        .integer(usage.inAssistants), place(ranks.assistants, usage.inAssistants),
        .integer(Int64(usage.assistants.count { $0 > 0 })), map(usage.assistants) { directory.agents[$0].id },
        .integer(usage.inProjects), place(ranks.projects, usage.inProjects),
        .integer(Int64(usage.projects.count { $0 > 0 })),
        map(usage.projects) { directory.projects[$0].id }, map(usage.models) { directory.models[$0].name },
        .integer(0), .integer(0), .object([]),
      ]
      return row
    }
    return Table(columns, rows)
  }

  private func countPeople() -> [(key: LangdockScan.Key, value: Person)] {
    scan.tally {
      Person(directory)
    } by: { _, message in
      message.apiKey != Message.none
        ? nil : LangdockScan.Key(entity: Int(message.user), group: groupByModel(message))
    } add: { person, producer, message in
      person.add(message, producer)
    }
  }

  /// The place of each number of messages, the most first.
  private func rank(_ people: [(key: LangdockScan.Key, value: Person)], _ count: (Person) -> Int64) -> [Int64: Int64] {
    var places: [Int64: Int64] = [:]
    for (offset, number) in people.map({ count($0.value) }).sorted(by: >).enumerated() where places[number] == nil {
      places[number] = Int64(offset + 1)
    }
    return places
  }

  private func place(_ places: [Int64: Int64], _ count: Int64) -> Cell {
    places[count].map { .integer($0) } ?? .null
  }

  private func map(_ counts: [Int64], _ name: (Int) -> String) -> Cell {
    // The same model with and without own keys has one name.
    var named: [String: Int64] = [:]
    for (index, count) in counts.enumerated() where count > 0 { named[name(index), default: 0] += count }
    return .object(named.sorted { $0.key < $1.key }.map { Cell.Field($0.key, .integer($0.value)) })
  }
}
