/// The kinds of things whose usage is counted.
package enum Scope: String, CaseIterable, Sendable, Hashable {
  case agent
  case project
  case model
  case source
  case skill
  case tool
  case apiKey = "api_key"
  case phoneNumber = "phone_number"
  case user
  case workspace

  /// The labels that identify an entity of this scope, in the order of ``Entity/id`` and ``Entity/qualifier``.
  package var identityLabels: [String] {
    switch self {
    case .agent: ["agent_id"]
    case .project: ["project_id"]
    case .model: ["model", "model_provider"]
    case .source: ["source"]
    case .skill: ["skill"]
    case .tool: ["tool"]
    case .apiKey: ["api_key_id"]
    case .phoneNumber: ["phone_number_id"]
    case .user: ["user_id"]
    case .workspace: []
    }
  }
}

/// One counted thing within a workspace: an agent, a model, a phone number, or the workspace itself.
package struct Entity: Hashable, Sendable {
  package let scope: Scope
  /// The value of the first identity label; empty for the workspace.
  package let id: String
  /// The value of the second identity label (a model's provider), else empty.
  package let qualifier: String

  package static let workspace = Entity(.workspace, "")
  /// Usage that belongs to no agent.
  package static let unassigned = Entity(.agent, "unassigned")
  /// The folded tail of agents beyond `max_agents`.
  package static let other = Entity(.agent, "other")

  package init(_ scope: Scope, _ id: String, qualifier: String = "") {
    self.scope = scope
    self.id = id
    self.qualifier = qualifier
  }

  /// An entity as a provider names it: words that this exporter uses itself get the prefix `id:`.
  ///
  /// The prefix is also put before an id that already looks prefixed, so that no two ids become one.
  package init(_ scope: Scope, upstream id: String, qualifier: String = "") {
    let reserved = scope == .agent && (id.hasSuffix("unassigned") || id.hasSuffix("other")) && Self.isReserved(id)
    self.init(scope, LabelText.identity(reserved ? "id:" + id : id), qualifier: LabelText.identity(qualifier))
  }

  /// Whether an id is one of this exporter's own words, be it with prefixes.
  private static func isReserved(_ id: String) -> Bool {
    let bare = id.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? id
    let prefixes = id.dropLast(bare.count)
    return (bare == "unassigned" || bare == "other") && prefixes.count % 3 == 0
      && prefixes == Substring(String(repeating: "id:", count: prefixes.count / 3))
  }
}

/// One counter: a measure of an entity, split by the measure's dimension if it has one.
package struct SeriesKey: Hashable, Sendable {
  package let entity: Entity
  package let measure: Measure
  /// A ``TokenType``, `up` or `down`; empty where the measure has no dimension.
  package let dimension: String

  package init(_ entity: Entity, _ measure: Measure, _ dimension: String = "") {
    self.entity = entity
    self.measure = measure
    self.dimension = dimension
  }

  package var family: SeriesFamily { SeriesFamily(entity.scope, measure) }
}

/// All counters of one measure in one scope: what is published under one name.
package struct SeriesFamily: Hashable, Sendable {
  package let scope: Scope
  package let measure: Measure

  package init(_ scope: Scope, _ measure: Measure) {
    self.scope = scope
    self.measure = measure
  }
}

// Written out, because enumerations with raw values hash their names: five strings for a key of which two or three are
// empty or nearly always the same. What is left out here is still compared.
extension Entity {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    if !qualifier.isEmpty { hasher.combine(qualifier) }
  }
}

extension SeriesKey {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(entity)
    hasher.combine(measure.ordinal)
    if !dimension.isEmpty { hasher.combine(dimension) }
  }
}
