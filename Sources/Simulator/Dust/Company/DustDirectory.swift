package import Usage

/// What the company has at Dust beside its agents and people, which are in the ``Directory``.
package struct DustDirectory: Sendable {
  /// Whom an agent is meant for.
  package enum Settings: String, Sendable, Hashable {
    case published, unpublished, unknown
    /// Made by Dust for every workspace.
    case global
    /// Being tried out by its author: used, but in no list.
    case draft
  }

  /// What Dust knows of an agent and other vendors do not.
  package struct Traits: Sendable, Hashable {
    package var settings = Settings.published
    package var model = Model(id: "gpt-5.2", provider: "openai")
    /// Indices of people.
    package var editors: [Int] = []
    package var tags: [String] = []
    /// nil for the agent's first day.
    package var lastEdit: Day?

    package init() {}

    package init(_ change: (inout Traits) -> Void) { change(&self) }
  }

  package struct Model: Sendable, Hashable {
    package let id: String
    package let provider: String

    package init(id: String, provider: String) {
      self.id = id
      self.provider = provider
    }
  }

  /// A tool by its MCP server and its own name.
  package struct Tool: Sendable, Hashable {
    package let server: String
    package let name: String
  }

  package struct Skill: Sendable, Hashable {
    package let id: String
    /// nil if the vendor has forgotten it.
    package var name: String?
    /// Made by the company; the others are Dust's own.
    package var custom = true
    package var description = ""
    /// Index of the person who edited it last.
    package var editor = 0
    package var created: Day
    package var edited: Day
  }

  /// A stay of a person in the workspace.
  package struct Membership: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable {
      case active, revoked, unregistered
    }

    package let from: Day
    /// The first day on which the person is no member any more; nil if there is none.
    package let until: Day?
    package let status: Status

    package init(from: Day, until: Day? = nil, status: Status = .active) {
      self.from = from
      self.until = until
      self.status = status
    }
  }

  /// Events of one agent.
  package struct Stream: Sendable {
    /// Index in ``DustDirectory/streams``.
    package let id: Int
    /// Index in ``Directory/agents``.
    package let agent: Int
    let profile: DustProfile?
  }

  /// By the agent's id; those not named have the usual ones.
  package var traits: [String: Traits] = [:]
  /// By the person's index; those not named are members from the day on which they joined the company.
  package var memberships: [Int: [Membership]] = [:]
  package var models = Interned<Model>()
  package var tools = Interned<Tool>()
  package var skills: [Skill] = []
  package var runs = Interned<DustRun>()
  package var origins = Interned<String>()
  package var apiKeys = Interned<String>()
  package var comments = Interned<String>()
  package private(set) var streams: [Stream] = []
  private var streamsByAgent: [Int: Int] = [:]

  package init() {}

  package func memberships(of index: Int, _ person: Directory.Person) -> [Membership] {
    memberships[index] ?? [Membership(from: person.joined)]
  }

  func stream(ofAgent agent: Int) -> Int? { streamsByAgent[agent] }

  /// The stream of an agent, made if there is none.
  mutating func addStream(ofAgent agent: Int, profile: DustProfile? = nil) -> Int {
    if let known = streamsByAgent[agent] { return known }
    streamsByAgent[agent] = streams.count
    streams.append(Stream(id: streams.count, agent: agent, profile: profile))
    return streams.count - 1
  }

  /// The skill of an id, made with that for a name if there is none.
  mutating func findSkill(_ id: String, since: Day) -> Int {
    if let known = skills.firstIndex(where: { $0.id == id }) { return known }
    skills.append(Skill(id: id, name: id, created: since, edited: since))
    return skills.count - 1
  }
}
