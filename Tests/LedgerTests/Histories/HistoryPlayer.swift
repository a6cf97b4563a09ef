import Ledger
import Usage

/// A database, which outlives processes, the switch that ends one, and the ledger of the process that runs.
struct Bench: Sendable {
  let database: LedgerDatabase
  let killSwitch: KillSwitch
  private(set) var ledger: Ledger

  init() throws {
    let killSwitch = KillSwitch()
    self.killSwitch = killSwitch
    database = try .inMemory { try killSwitch.beforeWrite() }
    ledger = try Ledger(database: database)
  }

  /// Ends the process and begins another: only the database survives.
  mutating func restart() throws {
    ledger = try Ledger(database: database)
  }
}

extension History {
  /// Plays the history on a ledger over SQLite and on the model of the specification.
  ///
  /// - Returns: what it went through.
  /// - Throws: ``Discrepancy`` if the two differ, or what the ledger throws unasked.
  func play(in workspace: String = "acme", on bench: inout Bench, mutation: Mutation? = nil) async throws
    -> HistoryCoverage
  {
    var world = World(setup, workspace: workspace, mutation: mutation)
    var played = 0
    while true {
      let growthOnly = isGrowthOnly
      let life = try await world.live(operations.dropFirst(played), growthOnly, on: bench.ledger, bench.killSwitch)
      (world, played) = (life.world, played + life.played)
      if life.fate == .alive { return world.coverage }
      try bench.restart()
    }
  }

  /// - Returns: what is wrong with the ledger, if this history shows it.
  func failure(mutation: Mutation? = nil) async -> String? {
    do {
      var bench = try Bench()
      _ = try await play(on: &bench, mutation: mutation)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Whether nothing in it takes usage back or cuts days anew, so that what was used is what was counted.
  private var isGrowthOnly: Bool {
    operations.allSatisfy { operation in
      switch operation {
      case .correct, .vanish, .restore, .changeZone: false
      case .delete: setup.shape.moves
      default: true
      }
    }
  }
}

extension World {
  /// One process: opens the ledger and plays on until it is killed or restarted, or to the end of the history.
  fileprivate func live(
    _ operations: ArraySlice<Operation>, _ growthOnly: Bool, on ledger: isolated Ledger, _ killSwitch: KillSwitch
  ) throws -> (world: World, played: Int, fate: Fate) {
    var world = self
    try world.open(ledger)
    for (index, operation) in operations.enumerated() {
      let fate = try world.perform(operation, on: ledger, killSwitch)
      if fate == .dead { return (world, index + 1, .dead) }
    }
    try world.finish(growthOnly: growthOnly, on: ledger)
    return (world, operations.count, .alive)
  }

  /// After all, every hold is over. If usage only ever grew, all is read once more, and nothing may be lost or twice.
  ///
  /// This needs no model of the rules: what was used since the baseline is what the counters must come to.
  private mutating func finish(growthOnly: Bool, on ledger: isolated Ledger) throws {
    coverage.count(.growthOnly, if: growthOnly)
    if growthOnly { try collectAll(on: ledger) }
    for _ in 1...2 {
      try ledger.settle([collector], at: date)
      // Past every hold: those that a clock that ran ahead has begun have begun anew.
      now += setup.zeroHold + 2
    }
    let book = try ledger.settle([collector], at: date)[0]
    if let held = book.series.first(where: { $0.value.published != $0.value.total }) {
      throw Discrepancy("still held at the end: \(held)")
    }
    if growthOnly {
      let sum = book.series.states.reduce(0) { $0 + $1.published }
      try Discrepancy.check(sum, provider.used - baseline, "sum of all counters")
    }
  }
}
