import Ledger
import Usage

/// How an operation ended for the process that runs the ledger.
enum Fate: Sendable {
  case alive
  case dead
}

extension World {
  /// Lets one thing happen, and compares the ledger with the model if the ledger had to do with it.
  mutating func perform(_ operation: Operation, on ledger: isolated Ledger, _ killSwitch: KillSwitch) throws
    -> Fate
  {
    var fate = Fate.alive
    switch operation {
    case .advance(let seconds): move(to: now + seconds)
    case .jump(let landmark, let offset): jump(landmark, offset)
    case .collect(let round): fate = try collect(round, on: ledger, killSwitch)
    case .repeatLast(let fault):
      guard let lastAnswer else { return .alive }
      killSwitch.arm(fault)
      coverage.count(.repeats)
      fate = try commit(lastAnswer, on: ledger, killSwitch, fault) ?? .alive
    case .scrape(let reader, let fault): fate = try scrape(reader, on: ledger, killSwitch, fault)
    case .restart: fate = .dead
    case .changeZone(let other): try change(to: other, on: ledger)
    default:
      applyUpstream(operation)
      return .alive
    }
    killSwitch.disarm()
    try check(ledger)
    return fate
  }

  /// Opens the ledger anew and compares it with what it was.
  mutating func open(_ ledger: isolated Ledger) throws {
    let book = try ledger.register(collector, zone: zone.rawValue)
    if let lastBook {
      try book.checkSame(as: lastBook)
      coverage.count(.restarts)
    }
    if model.mutation == .restartForgets { model.sightings = [:] }
    writeFailures = ledger.writeFailures
    try check(ledger)
  }

  private mutating func check(_ ledger: isolated Ledger) throws {
    guard let book = ledger.book(of: collector) else { throw Discrepancy("no book") }
    lastBook = book
    try model.check(book, folded: ledger.foldedAgents(of: collector.workspace))
    try Discrepancy.check(ledger.writeFailures, writeFailures, "write failures")
  }

  private mutating func change(to other: Zone, on ledger: isolated Ledger) throws {
    coverage.count(.zoneChanges, if: other != zone)
    if other != zone { model.changeZone() }
    zone = other
    _ = try ledger.register(collector, zone: zone.rawValue)
  }

  /// A scrape shows what the ledger holds once it was told, or what it held if it could not be told.
  private mutating func scrape(
    _ reader: Reader, on ledger: isolated Ledger, _ killSwitch: KillSwitch, _ fault: Fault?
  ) throws -> Fate {
    killSwitch.arm(fault)
    coverage.count(.scrapes)
    do {
      let held = model.displays.count { !$0.value.released }
      try show(try ledger.settle([collector], at: date)[0], to: reader) { $0.scrape(at: $1) }
      coverage.count(.releases, if: model.displays.count { !$0.value.released } < held)
    } catch LedgerError.notWritten where killSwitch.disarm() {
      writeFailures += 1
      if case .kill = fault {
        coverage.count(.kills)
        return .dead
      }
      coverage.count(.failedWrites)
      guard let book = ledger.book(of: collector) else { throw Discrepancy("no book") }
      try show(book, to: reader) { _, _ in }
    }
    return .alive
  }

  private mutating func show(_ book: CollectorBook, to reader: Reader, settle: (inout Model, Int) -> Void) throws {
    settle(&model, now)
    for (key, before) in shown[reader] ?? [:] {
      guard let state = book.series[key] else { throw Discrepancy("\(key) is no longer shown") }
      if state.published < before { throw Discrepancy("\(key) fell from \(before) to \(state.published)") }
    }
    shown[reader] = Dictionary(uniqueKeysWithValues: book.series.map { ($0.key, $0.value.published) })
    for key in book.series.keys {
      try Discrepancy.check(book.series[key]?.published ?? 0, model.published(key), "scraped \(key)")
    }
  }
}
