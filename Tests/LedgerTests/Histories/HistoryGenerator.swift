import Foundation
import TestSupport
import Usage

extension History {
  /// The history of a seed.
  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let setup = Setup(random: &random)
    // A third of the histories only grow: for those the sum of the counters can be told from the usage alone.
    let calm = random.chance(33)
    var operations: [Operation] = []
    for _ in 0..<random.number(0...3) { operations.append(.use(random: &random)) }
    operations.append(.collect(Round(random: &random)))
    for _ in 0..<random.number(6...20) {
      operations.append(calm ? .calm(random: &random, shape: setup.shape) : .any(random: &random))
    }
    self.init(setup: setup, operations: operations)
  }
}

extension Setup {
  /// Starts a few hours around a day on which something about the calendar is odd, in half of the cases.
  init(random: inout SeededGenerator) {
    let odd = [
      "2025-03-30", "2025-10-26", "2025-03-09", "2025-11-02",  // clocks change in Berlin, in New York
      "2024-02-29", "2025-02-28", "2025-04-30", "2025-12-31", "2024-12-31",
    ]
    let ordinal = random.chance(50) ? Day(iso: random.pick(odd))?.ordinal : nil
    let day = ordinal ?? random.number(19_700...20_700)
    self.init(
      shape: random.chance(60) ? .days : random.pick([.year, .lifetime]),
      zone: random.pick(Zone.allCases),
      start: day * 86_400 + random.number(-12...36) * 3600,
      zeroHold: random.pick([0, 60, 120, 120, 3600]),
      maxAgents: random.pick([1, 2, 3, 100, 100, 100]),
      gauges: random.chance(50))
  }
}

extension Round {
  init(random: inout SeededGenerator) {
    self.init(
      days: random.pick([1, 1, 1, 2, 2, 3, 5, 8]),
      answered: random.chance(10) ? random.number(0...2) : nil,
      silent: random.chance(6) ? random.pick(Lane.allCases) : nil,
      fault: Fault(random: &random, percent: 25))
  }
}

extension Fault {
  init?(random: inout SeededGenerator, percent: Int) {
    guard random.chance(percent) else { return nil }
    let write = random.number(0...(random.chance(50) ? 4 : 24))
    self = random.chance(70) ? .kill(beforeWrite: write) : .diskFull(beforeWrite: write)
  }
}

extension Agent {
  /// Some more often than others, so that what happens to one has to do with what happened before.
  init(random: inout SeededGenerator) {
    self = random.pick([.a, .a, .a, .b, .b, .c, .d, .unassigned])
  }
}

extension Lane {
  init(random: inout SeededGenerator) {
    self = random.pick([.messages, .messages, .messages, .tokens])
  }
}

extension Operation {
  static func use(random: inout SeededGenerator) -> Operation {
    .use(
      Agent(random: &random), Lane(random: &random), amount: random.number(0...(random.chance(80) ? 9 : 60)),
      daysAgo: random.pick([0, 0, 0, 0, 1, 1, 2, 4]))
  }

  private static func time(random: inout SeededGenerator) -> Operation {
    switch random.number(0...9) {
    case 0...2: .advance(seconds: random.number(1...200))
    case 3...4: .advance(seconds: random.number(600...90_000))
    case 5: .advance(seconds: -random.pick([1, 30, 120, 3600, 90_000]))
    default: .jump(random.pick(Landmark.allCases), offset: random.pick([-3600, -1, 0, 0, 1, 60, 3600]))
    }
  }

  /// Whatever does not take usage away, and whatever is no concern of the provider.
  static func calm(random: inout SeededGenerator, shape: Shape) -> Operation {
    switch random.number(0...99) {
    case 0...26: .use(random: &random)
    case 27...49: .collect(Round(random: &random))
    case 50...69: .scrape(random.pick(Reader.allCases), Fault(random: &random, percent: 10))
    case 70...86: time(random: &random)
    case 87...91: .restart
    case 92...94: .repeatLast(Fault(random: &random, percent: 20))
    default: shape.moves ? .delete(random.pick([.a, .b, .c, .d])) : .use(random: &random)
    }
  }

  static func any(random: inout SeededGenerator) -> Operation {
    let agent = Agent(random: &random)
    let daysAgo = random.pick([0, 0, 0, 1, 2])
    switch random.number(0...99) {
    case 0...13:
      return .correct(agent, Lane(random: &random), amount: random.number(1...12), daysAgo: daysAgo)
    case 14...17: return .vanish(agent, daysAgo: daysAgo)
    case 18...24: return .delete(random.pick([.a, .a, .b, .b, .c, .d]))
    case 25...28: return .restore(random.pick([.a, .a, .b, .b, .c, .d]))
    case 29: return .changeZone(random.pick(Zone.allCases))
    default: return .calm(random: &random, shape: .lifetime)
    }
  }
}
