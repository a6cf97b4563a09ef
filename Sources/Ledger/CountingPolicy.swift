package import Usage

/// How answers are counted: from the configuration, and from what the provider is known to do.
package struct CountingPolicy: Sendable {
  /// Seconds for which a new counter stays at 0 once a scrape has shown it.
  package let zeroHold: Double
  package let maxAgents: Int
  /// The entity to which the provider moves what deleted ones had used.
  package let movesInto: Entity?

  package init(zeroHold: Double, maxAgents: Int, movesInto: Entity? = nil) {
    self.zeroHold = zeroHold
    self.maxAgents = maxAgents
    self.movesInto = movesInto
  }
}
