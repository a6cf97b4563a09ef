package import Exposition
package import Usage

/// The labels of a workspace's usage series, which are the same wherever they are written.
package struct UsageLabels: Sendable {
  /// What entities of the exporter's own are called, where no provider names them.
  package static let ownNames: [(Entity, Reading.Attribute)] = [
    (.unassigned, Reading.Attribute("agent_name", "Unassigned")), (.other, Reading.Attribute("agent_name", "Other")),
  ]

  private let identity: LabelSet
  private var known: [Entity: LabelSet] = [:]

  package init(_ workspace: WorkspaceID) {
    identity = LabelSet(workspace)
  }

  package mutating func counter(_ key: SeriesKey) -> LabelSet {
    let set = entity(key.entity)
    return key.measure.dimension.map { set.adding(Label($0, key.dimension)) } ?? set
  }

  package mutating func activeUsers(_ entity: Entity, over window: ActiveUserWindow) -> LabelSet {
    self.entity(entity).adding(Label("window", window.description))
  }

  /// - Parameter attributes: those that `metric` has no label for are left out.
  package mutating func info(
    _ entity: Entity, _ attributes: [Reading.Attribute], of metric: MetricDescriptor
  ) -> LabelSet {
    let extra = attributes.filter { metric.labels.contains($0.label) }
    return extra.reduce(self.entity(entity)) { $0.adding(Label($1.label, $1.value)) }
  }

  private mutating func entity(_ entity: Entity) -> LabelSet {
    if let known = known[entity] { return known }
    let set = zip(entity.scope.identityLabels, [entity.id, entity.qualifier]).reduce(identity) {
      $0.adding(Label($1.0, $1.1))
    }
    known[entity] = set
    return set
  }
}
