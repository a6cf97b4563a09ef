import Usage

/// The seeded company before its first day: a maker of garden tools in Münster, with a shop and field service.
struct Blueprint {
  var directory = Directory()
  var incidents: [Incident] = []

  static let empty = Blueprint()

  private init() {}

  init(_ configuration: Company.Configuration) {
    var random = Randomness(seed: configuration.seed)
    directory.models = Catalogue.models
    directory.people = Catalogue.people(&random, before: configuration.start)
    for plan in Catalogue.agents { add(plan, start: configuration.start) }
    addNumbers(start: configuration.start)
    addProjectsAndKeys(start: configuration.start)
    for plan in Catalogue.tessAgents {
      add(plan, start: configuration.start, heartbeatSince: configuration.rowHeartbeatsSince)
    }
    directory.tess.types = Catalogue.tessTypes(directory)
    incidents = Self.incidents(before: configuration.today)
    incidents += Catalogue.tessIncidents(before: configuration.today)
    addDust(configuration)
    // After all others, which are as they would be without it.
    if configuration.hasNewcomer { add(Catalogue.newcomer, start: configuration.today.advanced(by: -9)) }
    incidents += configuration.incidents
  }

  static func salt(_ provider: ProviderKind, _ id: String) -> UInt64 {
    StableHash.fnv1a("\(provider.rawValue)/\(id)".utf8)
  }

  private mutating func add(_ plan: Catalogue.AgentPlan, start: Day, heartbeatSince: Day? = nil) {
    let index = directory.agents.count
    let since = start.advanced(by: plan.startsAfter)
    let team = Catalogue.teams.first { $0.name == plan.team } ?? Catalogue.teams[0]
    directory.agents.append(
      Directory.Agent(
        id: plan.id, name: plan.name, provider: plan.provider, team: plan.team,
        description: "\(plan.name) (\(plan.team))", owner: team.first, since: since))
    var profile = TrafficProfile(
      salt: Self.salt(plan.provider, plan.id), median: plan.median, rhythm: plan.rhythm, growth: plan.growth,
      since: since)
    profile.heartbeat = plan.heartbeat
    profile.heartbeatSince = heartbeatSince
    profile.callsPerMille = plan.callsPerMille
    profile.audience = plan.heartbeat == nil && plan.median < 150 ? (team.first, team.size) : (0, Catalogue.headcount)
    profile.models = [UInt8(index % directory.models.count), UInt8((index + 1) % directory.models.count)]
    directory.addStream(of: plan.provider, .agent(index), profile: profile)
  }

  /// Two numbers belong to no agent, and one agent has two.
  private mutating func addNumbers(start: Day) {
    let phoneAgents = directory.agents.indices.filter { directory.agents[$0].provider == .agentphone }
    var owned: [Int: [UInt16]] = [:]
    for (offset, plan) in Catalogue.numbers.enumerated() {
      let agent = plan.agent.map { phoneAgents[$0 % phoneAgents.count] }
      directory.numbers.append(
        Directory.PhoneNumber(
          id: plan.id, number: plan.number, country: plan.country, status: "active", agent: agent))
      owned[agent ?? -1, default: []].append(UInt16(offset))
    }
    var unassigned = TrafficProfile(
      salt: Self.salt(.agentphone, "unassigned"), median: 24, rhythm: .support, since: start)
    unassigned.callsPerMille = 300
    directory.addStream(of: .agentphone, .unassigned, profile: unassigned)
    directory.setNumbers { owned[$0 ?? -1] ?? [] }
  }

  private mutating func addProjectsAndKeys(start: Day) {
    for (offset, plan) in Catalogue.projects.enumerated() {
      let team = Catalogue.teams[offset % Catalogue.teams.count]
      directory.projects.append(Directory.Project(id: plan.id, name: plan.name, owner: team.first))
      var profile = TrafficProfile(
        salt: Self.salt(.langdock, plan.id), median: plan.median, rhythm: .office, since: start)
      profile.audience = (team.first, team.size)
      profile.project = UInt16(offset)
      profile.models = [UInt8(offset % directory.models.count), 0]
      directory.addStream(of: .langdock, .project(offset), profile: profile)
    }
    for (offset, plan) in Catalogue.apiKeys.enumerated() {
      directory.apiKeys.append(Directory.APIKey(id: plan.id, name: plan.name))
      var profile = TrafficProfile(
        salt: Self.salt(.langdock, plan.id), median: plan.median, rhythm: .roundTheClock, since: start)
      profile.apiKey = UInt16(offset)
      profile.sources = [.api]
      profile.models = [UInt8((offset + 1) % directory.models.count), 3]
      directory.addStream(of: .langdock, .apiKey(offset), profile: profile)
    }
    var chat = TrafficProfile(salt: Self.salt(.langdock, "chat"), median: 700, rhythm: .office, since: start)
    chat.audience = (0, Catalogue.headcount)
    chat.models = Array(0..<UInt8(directory.models.count))
    directory.addStream(of: .langdock, .chat, profile: chat)
  }

  private static func incidents(before today: Day) -> [Incident] {
    /// The last working day at least `days` before today.
    func workday(_ days: Int) -> Day {
      var day = today.advanced(by: -days)
      while day.weekday > 5 || Holidays.contains(day) { day = day.advanced(by: -1) }
      return day
    }
    return [
      Incident(
        kind: .spike, provider: .langdock, agentID: "ag_vertragspruefer", days: DaySpan(workday(17)),
        note: "A loop in a script asked the same contract over and over"),
      Incident(
        kind: .spike, provider: .agentphone, agentID: "agent_terminbot", days: DaySpan(workday(9)),
        note: "A newsletter went out with the wrong telephone number"),
      Incident(
        kind: .silence, provider: .langdock, agentID: "ag_retouren",
        days: DaySpan(today.advanced(by: -7), through: today.advanced(by: -4)),
        note: "An expired connector: the agent failed without any error"),
    ]
  }
}

extension Company.Configuration {
  /// The first day with heartbeats at the vendors that hand out rows; nil if they are there from the start.
  var rowHeartbeatsSince: Day? { steadyHeartbeat == nil ? today.advanced(by: -1) : nil }
}

extension Directory {
  /// Gives the phone streams the numbers of their agents.
  fileprivate mutating func setNumbers(_ numbers: (_ agent: Int?) -> [UInt16]) {
    mapProfiles { stream, profile in
      switch stream.producer {
      case .agent(let agent) where stream.provider == .agentphone: profile.numbers = numbers(agent)
      case .unassigned: profile.numbers = numbers(nil)
      default: break
      }
    }
  }
}
