package import Usage

extension Company {
  /// Lays down `total` executions, spread evenly at random over UTC days, for tests of size.
  ///
  /// - Parameters:
  ///   - agents: how many, `bulk-0` and so on, of all types in turn; the lower its number, the busier one is.
  ///   - users: how many people, `bulk-user-0` and so on.
  ///   - seed: the same gives the same executions.
  package func addBulkExecutions(days: DaySpan, total: Int, agents: Int, users: Int, seed: UInt64) {
    guard agents > 0, users > 0 else { return }
    let (streams, people) = addBulkAgents(agents, users: users)
    var random = Randomness(seed: seed)
    var added: [[Execution]] = Array(repeating: [], count: agents)
    let start = Int64(days.first.ordinal) * Millis.day
    for _ in 0..<total {
      let agent = min(random.below(agents), random.below(agents))
      let occurred = start + Int64(random.below(days.count * Int(Millis.day)))
      var execution = Execution(
        times: EventTimes(occurred: occurred, visible: occurred + Int64(random.below(2000))))
      execution.user = UInt16(people[random.below(users)])
      ExecutionDice.fill(&execution, streams[agent].type, &random)
      added[agent].append(execution)
    }
    for (stream, var executions) in zip(streams, added) {
      executions.sort { $0.times.visible < $1.times.visible }
      executionRegistry.number(&executions, of: stream.id)
      if stream.type == .chat {
        for index in executions.indices { executions[index].root = executions[index].id }
      }
      self.executions.add(executions, to: stream.id)
    }
  }

  private func addBulkAgents(
    _ agents: Int, users: Int
  ) -> (streams: [(id: Int, type: TessAgentType)], people: [Int]) {
    let since = configuration.start
    return editDirectory { directory in
      let people = (0..<users).map { directory.findPerson("bulk-user-\($0)", joined: since) }
      let streams = (0..<agents).map { number in
        let type = TessAgentType.allCases[number % TessAgentType.allCases.count]
        let agent = directory.findTessAgent("bulk-\(number)", type: type, since: since)
        return (directory.addStream(of: .tess, .agent(agent)), directory.tess.type(of: agent))
      }
      return (streams, people)
    }
  }
}
