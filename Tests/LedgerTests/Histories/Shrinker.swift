import Usage

extension History {
  /// The smallest history that it finds by leaving out operations and making them simpler, and that still fails.
  func shrunk(while fails: (History) async -> Bool) async -> History {
    var smallest = self
    var progress = true
    while progress {
      progress = false
      if let shorter = await smallest.shortened(while: fails) { (smallest, progress) = (shorter, true) }
      for index in smallest.operations.indices {
        while let simpler = await smallest.simplified(at: index, while: fails) {
          (smallest, progress) = (simpler, true)
        }
      }
      for setup in smallest.setup.simpler {
        let candidate = History(setup: setup, operations: smallest.operations)
        if await fails(candidate) { (smallest, progress) = (candidate, true) }
      }
    }
    return smallest
  }

  /// Leaves out runs of operations, long ones first, from the end.
  private func shortened(while fails: (History) async -> Bool) async -> History? {
    var length = operations.count
    while length > 0 {
      for start in stride(from: operations.count - length, through: 0, by: -1) {
        var candidate = self
        candidate.operations.removeSubrange(start..<(start + length))
        if await fails(candidate) { return candidate }
      }
      length /= 2
    }
    return nil
  }

  private func simplified(at index: Int, while fails: (History) async -> Bool) async -> History? {
    for operation in operations[index].simpler {
      var candidate = self
      candidate.operations[index] = operation
      if await fails(candidate) { return candidate }
    }
    return nil
  }
}

extension Setup {
  /// One step simpler each: never back, so that shrinking ends.
  fileprivate var simpler: [Setup] {
    var steps: [Setup] = []
    func step(_ change: (inout Setup) -> Void) {
      var simpler = self
      change(&simpler)
      if simpler != self { steps.append(simpler) }
    }
    step { $0.shape = .days }
    step { $0.zone = .utc }
    step { $0.zeroHold = 0 }
    step { $0.maxAgents = 100 }
    step { $0.gauges = false }
    step { $0.start = 1_750_075_200 }  // an ordinary Monday at noon
    return steps
  }
}

extension Operation {
  fileprivate var simpler: [Operation] {
    switch self {
    case .advance(let seconds): Self.smaller(abs(seconds)).map { .advance(seconds: seconds < 0 ? -$0 : $0) }
    case .jump(let landmark, let offset):
      (offset == 0 ? [] : [.jump(landmark, offset: 0)])
        + (landmark == .midnight ? [] : [.jump(.midnight, offset: offset)])
    case .use(let agent, let lane, let amount, let daysAgo):
      Self.smaller(amount).map { .use(agent, lane, amount: $0, daysAgo: daysAgo) }
        + Self.smaller(daysAgo, least: 0).map { .use(agent, lane, amount: amount, daysAgo: $0) }
        + (lane == .messages ? [] : [.use(agent, .messages, amount: amount, daysAgo: daysAgo)])
        + (agent == .a ? [] : [.use(.a, lane, amount: amount, daysAgo: daysAgo)])
    case .correct(let agent, let lane, let amount, let daysAgo):
      Self.smaller(amount).map { .correct(agent, lane, amount: $0, daysAgo: daysAgo) }
        + Self.smaller(daysAgo, least: 0).map { .correct(agent, lane, amount: amount, daysAgo: $0) }
        + (lane == .messages ? [] : [.correct(agent, .messages, amount: amount, daysAgo: daysAgo)])
        + (agent == .a ? [] : [.correct(.a, lane, amount: amount, daysAgo: daysAgo)])
    case .vanish(let agent, let daysAgo): Self.smaller(daysAgo, least: 0).map { .vanish(agent, daysAgo: $0) }
    case .collect(let round): round.simpler.map { .collect($0) }
    case .repeatLast(let fault): fault == nil ? [] : [.repeatLast(nil)]
    case .scrape(let reader, let fault):
      (fault == nil ? [] : [.scrape(reader, nil)]) + (reader == .first ? [] : [.scrape(.first, fault)])
    case .delete, .restore, .restart, .changeZone: []
    }
  }

  /// Steps down that get finer, and by one only where that is not far.
  private static func smaller(_ number: Int, least: Int = 1) -> [Int] {
    let steps = [least, number / 2, number - number / 4, number - number / 16, number <= 64 ? number - 1 : number]
    return steps.filter { $0 >= least && $0 < number }
  }
}

extension Round {
  fileprivate var simpler: [Round] {
    var steps: [Round] = []
    if fault != nil { steps.append(Round(days: days, answered: answered, silent: silent)) }
    if answered != nil { steps.append(Round(days: days, silent: silent, fault: fault)) }
    if silent != nil { steps.append(Round(days: days, answered: answered, fault: fault)) }
    if days > 1 { steps.append(Round(days: days - 1, answered: answered, silent: silent, fault: fault)) }
    return steps
  }
}
