package import Usage

/// Which collector of a workspace publishes a family of counters that several of them count.
///
/// Each of them counts on its own all the time. Only the owner's counters are published, and they go on from where those of
/// the owner before stood: what is published is the owner's total and what was carried over.
package struct SharedFamilies: Hashable, Sendable {
  /// The names of the publishing collectors.
  package internal(set) var owners: [SeriesFamily: String] = [:]
  /// What is added to an owner's totals, in the stored units of the measure; negative where the owner had counted more
  /// than what was published. A series without an entry carries nothing.
  package internal(set) var carried: [SeriesKey: Int64] = [:]

  package init(owners: [SeriesFamily: String] = [:], carried: [SeriesKey: Int64] = [:]) {
    self.owners = owners
    self.carried = carried
  }

  /// What a scrape shows of a series of a shared family.
  ///
  /// While the owner's counter is held at 0, or if the owner does not know the series, what was carried over stays in sight.
  ///
  /// - Parameter state: the owner's counter, if it has one.
  package func published(_ key: SeriesKey, _ state: SeriesState?) -> Int64 {
    let carried = carried[key] ?? 0
    guard let state, state.hold == .released else { return max(0, carried) }
    return state.total + carried
  }

  /// Hands a family from the counters of one collector to those of another, so that nothing published moves.
  ///
  /// - Returns: the keys whose hold must end, because they would be shown lower than they were.
  /// - Throws: ``QuantityOverflow`` if what is carried would leave what it can hold; then nothing has changed.
  mutating func hand(
    _ family: SeriesFamily, from old: [SeriesKey: SeriesState], to new: [SeriesKey: SeriesState]
  ) throws(QuantityOverflow) -> Set<SeriesKey> {
    var next = self
    var released: Set<SeriesKey> = []
    let known = Set(old.keys).union(new.keys).union(carried.keys).filter { $0.family == family }
    for key in known {
      let shown = published(key, old[key])
      let stand = try Self.sum(old[key]?.total ?? 0, carried[key] ?? 0)
      let rest = try Self.sum(stand, -(new[key]?.total ?? 0))
      next.carried[key] = rest == 0 ? nil : rest
      if next.published(key, new[key]) < shown { released.insert(key) }
    }
    self = next
    return released
  }

  private static func sum(_ left: Int64, _ right: Int64) throws(QuantityOverflow) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    if overflow { throw QuantityOverflow() }
    return sum
  }
}
