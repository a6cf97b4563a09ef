/// One thing that happens: upstream, on the clock, or to the exporter.
enum Operation: Sendable, Hashable {
  /// Moves the clock, backwards too.
  case advance(seconds: Int)
  /// Moves the clock to a landmark after now, and a little past or short of it.
  case jump(Landmark, offset: Int)

  /// Usage that happened today, or that the provider books late on an earlier day.
  case use(Agent, Lane, amount: Int, daysAgo: Int)
  /// The provider takes usage back.
  case correct(Agent, Lane, amount: Int, daysAgo: Int)
  /// The provider no longer mentions an agent, which is as much as saying 0.
  case vanish(Agent, daysAgo: Int)
  /// An agent is deleted: its totals are gone, or moved where the provider does that.
  case delete(Agent)
  /// A deleted agent is restored, with what had been moved away from it.
  case restore(Agent)

  case collect(Round)
  /// The last answer arrives once more, however stale it is by now.
  case repeatLast(Fault?)
  case scrape(Reader, Fault?)
  case restart
  /// The configuration names another time zone.
  case changeZone(Zone)
}

/// One collection.
struct Round: Sendable, Hashable {
  /// How many days are read, today first.
  var days: Int
  /// How many requests are answered before the provider fails; nil if it does not fail.
  var answered: Int?
  /// A measure of which the answers say nothing.
  var silent: Lane?
  var fault: Fault?
}

/// What strikes between two writes.
enum Fault: Sendable, Hashable {
  /// The process ends before its n-th write from here.
  case kill(beforeWrite: Int)
  /// The n-th write from here fails, and the process goes on.
  case diskFull(beforeWrite: Int)

  var writes: Int {
    switch self {
    case .kill(let writes), .diskFull(let writes): writes
    }
  }
}

enum Landmark: Sendable, Hashable, CaseIterable {
  case midnight, monthEnd, yearEnd, clockChange
}
