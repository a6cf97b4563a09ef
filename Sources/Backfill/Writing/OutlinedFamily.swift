import Exposition
import Publication
import Usage

/// A family to be written, and where its series are in the spill.
struct OutlinedFamily: Sendable {
  enum Content: Hashable, Sendable {
    case counter(Measure)
    case activeUsers
    case info
  }

  let metric: MetricDescriptor
  let content: Content
  var series: [OutlinedSeries] = []
}

/// A series to be written.
struct OutlinedSeries: Sendable {
  let workspace: WorkspaceID
  let calendar: LocalCalendar
  let entity: Entity
  let dimension: String
  let labels: LabelSet
  /// The rows in the spill whose days are added up.
  var rows: [Int64]
  var span: DaySpan

  /// The order within a family.
  static func < (left: OutlinedSeries, right: OutlinedSeries) -> Bool {
    if left.workspace != right.workspace { return left.workspace.description < right.workspace.description }
    return left.entity == right.entity ? left.dimension < right.dimension : left.entity < right.entity
  }
}
