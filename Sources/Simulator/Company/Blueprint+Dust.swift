import Usage

extension Blueprint {
  /// The agents at Dust and what once went wrong with one of them.
  mutating func addDust(_ configuration: Company.Configuration) {
    for plan in Catalogue.dustAgents {
      let team = Catalogue.teams.first { $0.name == plan.agent.team } ?? Catalogue.teams[0]
      var agent = Directory.Agent(
        id: plan.agent.id, name: plan.agent.name, provider: .dust, team: team.name, description: plan.description,
        owner: team.first, since: configuration.start.advanced(by: plan.agent.startsAfter))
      if let ago = plan.archivedAgo {
        agent.deleted = Int64(configuration.today.advanced(by: -ago).ordinal) * Millis.day + Millis.day / 2
      }
      directory.agents.append(agent)
    }
    var day = configuration.today.advanced(by: -13)
    while day.weekday > 5 || Holidays.contains(day) { day = day.advanced(by: -1) }
    incidents.append(
      Incident(
        kind: .spike, provider: .dust, agentID: "aRechnung1", days: DaySpan(day),
        note: "A mailbox rule sent the invoices of a whole quarter twice"))
  }
}

extension DustDirectory {
  /// The seeded workspace of a company whose agents are already in its directory.
  init(_ configuration: Company.Configuration, _ directory: Directory) {
    self.init()
    for model in Catalogue.dustModels { _ = models.index(of: model) }
    for comment in Catalogue.dustComments { _ = comments.index(of: comment) }
    let since = configuration.start
    for (offset, skill) in Catalogue.dustSkills.enumerated() {
      skills.append(
        Skill(
          id: skill.id, name: skill.name, custom: skill.custom, description: "\(skill.name): Arbeitsanweisung",
          editor: offset * 7, created: since.advanced(by: offset), edited: since.advanced(by: 20 + offset)))
    }
    let beats = configuration.rowHeartbeatsSince
    for plan in Catalogue.dustAgents { add(plan, directory, since: since, heartbeatSince: beats) }
    memberships = Self.memberships(configuration, directory)
  }

  private mutating func add(_ plan: Catalogue.DustPlan, _ directory: Directory, since: Day, heartbeatSince: Day?) {
    guard let index = directory.agent(plan.agent.id, of: .dust) else { return }
    let agent = directory.agents[index]
    let team = Catalogue.teams.first { $0.name == plan.agent.team } ?? Catalogue.teams[0]
    traits[agent.id] = Traits {
      $0.settings = plan.settings
      $0.model = Catalogue.dustModels[plan.model]
      $0.editors = plan.settings == .global ? [] : [team.first, team.first + 1]
      $0.tags = plan.tags
      $0.lastEdit = agent.since.advanced(by: index % 9)
    }
    var traffic = TrafficProfile(
      salt: Blueprint.salt(.dust, agent.id), median: plan.agent.median, rhythm: plan.agent.rhythm,
      growth: plan.agent.growth, since: agent.since)
    traffic.heartbeat = plan.agent.heartbeat
    traffic.heartbeatSince = heartbeatSince
    let wide = plan.agent.heartbeat != nil || plan.agent.median >= 150
    traffic.audience = wide ? (0, Catalogue.headcount) : (team.first, team.size)
    let profile = DustProfile(
      traffic: traffic, runs: addRuns(plan), origins: plan.origins.map { UInt16(origins.index(of: $0)) },
      programmaticOrigins: Catalogue.dustProgrammaticOrigins.map { UInt16(origins.index(of: $0)) },
      programmaticPerMille: plan.programmatic,
      apiKey: UInt16(apiKeys.index(of: Catalogue.dustAPIKeys[index % Catalogue.dustAPIKeys.count])))
    _ = addStream(ofAgent: index, profile: profile)
  }

  /// A plain answer, and for each tool one with a call of it; the last of them uses all tools.
  private mutating func addRuns(_ plan: Catalogue.DustPlan) -> [UInt32] {
    var found = [DustRun(model: plan.model, calls: [DustRun.Call(.model, credits: 12)])]
    var calls = [DustRun.Call(.model, credits: 35, skills: plan.skills)]
    for (offset, server) in plan.tools.enumerated() {
      guard let known = Catalogue.dustTools.first(where: { $0.server == server }) else { continue }
      for name in known.names {
        let tool = tools.index(of: Tool(server: server, name: name))
        // Only the first tool has to do with the skills.
        calls.append(DustRun.Call(.tool(tool), credits: known.credits, skills: offset == 0 ? plan.skills : []))
      }
      calls.append(DustRun.Call(.model, credits: 22))
      found.append(DustRun(model: plan.model, calls: calls))
    }
    return found.map { UInt32(runs.index(of: $0)) }
  }

  /// Somebody who came back, somebody who left, somebody who never logged in, and a guest who is no member.
  private static func memberships(
    _ configuration: Company.Configuration, _ directory: Directory
  ) -> [Int: [Membership]] {
    let today = configuration.today
    let people = directory.people
    guard people.count > 60 else { return [:] }
    return [
      3: [
        Membership(from: people[3].joined, until: today.advanced(by: -12), status: .revoked),
        Membership(from: today.advanced(by: -5)),
      ],
      28: [Membership(from: people[28].joined, until: today.advanced(by: -9), status: .revoked)],
      47: [Membership(from: people[47].joined, status: .unregistered)],
      60: [],
    ]
  }
}
