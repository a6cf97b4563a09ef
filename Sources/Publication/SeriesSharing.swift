package import Ledger
package import Usage

/// What a collector leaves to others of its workspace that tell of the same things, and what it takes over from them.
package struct SeriesSharing: Sendable {
  /// Families that the collector counts without being the one that is published.
  package var hidden: Set<SeriesFamily> = []
  /// Families that others count too, and that the collector is published for.
  package var owned: Set<SeriesFamily> = []
  /// What the counters of those families begin with.
  package var families = SharedFamilies()
  /// Counters and gauges that an earlier collector gives.
  private(set) var counters: Set<SeriesKey> = []
  private(set) var named: Set<Entity> = []
  private var users: [ActiveUserWindow: [Day: Set<Entity>]] = [:]

  package init() {}

  /// Whether the collector publishes all that it counts, and nothing but that.
  var isEmpty: Bool { hidden.isEmpty && owned.isEmpty && counters.isEmpty }

  /// Notes what `book` gives of what `other` would give too.
  ///
  /// - Parameter hidden: families that the book's collector does not publish.
  package mutating func take(_ book: CollectorBook, hidden: Set<SeriesFamily>, alsoIn other: CollectorBook) {
    for key in book.series.keys where other.series[key] != nil && !hidden.contains(key.family) { counters.insert(key) }
    for entity in book.attributes.keys where other.attributes[entity] != nil { named.insert(entity) }
    // These are named by the exporter, wherever they are.
    for entity in [Entity.unassigned, .other] where book.series.keys.contains(where: { $0.entity == entity }) {
      named.insert(entity)
    }
    for (window, given) in book.activeUsers where other.activeUsers[window] != nil {
      users[window, default: [:]][given.end, default: []].formUnion(given.counts.keys)
    }
  }

  func tellsUsers(of entity: Entity, over window: ActiveUserWindow, end: Day) -> Bool {
    users[window]?[end]?.contains(entity) ?? false
  }

  /// The counters to publish: those of the collector, and those it took over and has not counted itself yet.
  func keys(with own: SeriesTable) -> [SeriesKey] {
    Array(own.keys) + families.carried.keys.filter { own[$0] == nil && owned.contains($0.family) }
  }

  func published(_ key: SeriesKey, _ state: SeriesState?) -> Int64 {
    owned.contains(key.family) ? families.published(key, state) : state?.published ?? 0
  }
}
