import Exposition
import Usage

/// The usage lines of a collector, kept from one rendering to the next.
package struct UsageLines: Sendable {
  var counters = KeptFamilies<SeriesFamily, SeriesKey>()
  var periods: [CalendarPeriod: KeptFamilies<SeriesFamily, SeriesKey>] = [:]
  var activeUsers: [ActiveUserWindow: KeptFamilies<Scope, Entity>] = [:]
  var infos = KeptFamilies<Scope, Named>()

  /// An entity and what is told of it.
  struct Named: Hashable, Sendable {
    let entity: Entity
    let attributes: [Reading.Attribute]
  }

  package init() {}
}
