/// One workspace's agents, with labelled spikes or a labelled event.
package struct Company: Sendable {
  /// The day of the season on which the platform does nothing from nine to twelve UTC.
  static let outageDay = 45
  /// The Wednesday of week 6.
  private static let holidayDay = 37

  package let name: String
  package let season: Season
  let event: QuietEvent?
  let noise: Noise
  let growth: (mean: Double, deviation: Double)
  package private(set) var agents: [Agent] = []
  package private(set) var spikes: [Spike] = []

  var holiday: Int? { event == nil ? Self.holidayDay : nil }

  /// What is left of an agent's usage: nothing in the platform's outage, little in its first three days.
  func share(at second: Int, bornOn firstDay: Int) -> Double {
    let outage = Self.outageDay * 86_400 + 9 * 3600..<Self.outageDay * 86_400 + 12 * 3600
    if event == nil, outage.contains(second) { return 0 }
    guard firstDay > 0 else { return 1 }
    return min(max(Double(second - firstDay * 86_400) / (3 * 86_400), 0), 1)
  }
}

// MARK: - The experiment

extension Company {
  /// Fifty agents of ordinary noise, six of them new, twenty with a spike in weeks 7 and 8.
  package static func withSpikes(seed: UInt64) -> Company {
    var company = Company(
      name: "s\(seed)", season: .spikes, event: nil, noise: .ordinary, growth: (0.02, 0.05))
    var randomness = Randomness(seed: seed, stream: 0)
    let kinds = kinds(business: 33, alwaysOn: 8, weeklyBatch: 5, tiny: 4)
    let volumes = kinds.map { volume(of: $0, using: &randomness) }
    let settled = kinds.count { $0 != .tiny }
    var firstDays = Array(repeating: 0, count: kinds.count)
    for index in randomness.choose(6, below: settled) { firstDays[index] = 19 + randomness.below(31) }
    let eligible = (0..<settled).filter { firstDays[$0] == 0 && volumes[$0] >= 15 }
    let types =
      Array(repeating: Spike.Kind.burst, count: 7) + Array(repeating: .day, count: 7)
      + Array(repeating: .shift, count: 6)
    for (kind, choice) in zip(types, randomness.choose(types.count, below: eligible.count)) {
      let agent = eligible[choice]
      company.spikes.append(
        .random(
          kind, workspace: company.name, agentID: agentID(agent), volume: volumes[agent], in: company.season,
          using: &randomness))
    }
    company.settle(kinds: kinds, volumes: volumes, firstDays: firstDays, seed: seed)
    return company
  }

  /// Twelve agents of little noise and no spike, to whose exporter or calendar something happens.
  static func quiet(_ event: QuietEvent) -> Company {
    var company = Company(
      name: event.rawValue, season: event.season, event: event, noise: .low, growth: (0.02, 0))
    var randomness = Randomness(seed: event.seed, stream: 0)
    let kinds = kinds(business: 8, alwaysOn: 2, weeklyBatch: 1, tiny: 1)
    let volumes = kinds.map { volume(of: $0, using: &randomness) }
    company.settle(
      kinds: kinds, volumes: volumes, firstDays: Array(repeating: 0, count: kinds.count), seed: event.seed)
    return company
  }

  private mutating func settle(kinds: [AgentKind], volumes: [Double], firstDays: [Int], seed: UInt64) {
    agents = kinds.indices.map { index in
      var randomness = Randomness(seed: seed, stream: UInt64(index) + 1)
      return .live(
        id: Self.agentID(index), kind: kinds[index], volume: volumes[index], firstDay: firstDays[index],
        spike: spikes.first { $0.agentID == Self.agentID(index) }, in: self, using: &randomness)
    }
  }

  private static func kinds(business: Int, alwaysOn: Int, weeklyBatch: Int, tiny: Int) -> [AgentKind] {
    [(AgentKind.business, business), (.alwaysOn, alwaysOn), (.weeklyBatch, weeklyBatch), (.tiny, tiny)]
      .flatMap { Array(repeating: $0, count: $1) }
  }

  /// Log-normal around 60, or a few.
  private static func volume(of kind: AgentKind, using randomness: inout Randomness) -> Double {
    if kind == .tiny { return randomness.uniform(0.3...3) }
    return min(max(60 * Elementary.exponential(1.4 * randomness.normal()), 0.3), 4000)
  }

  private static func agentID(_ index: Int) -> String { index < 10 ? "agent-0\(index)" : "agent-\(index)" }
}

// MARK: - Golden hash

extension Company {
  /// FNV-1a over every count and every spike: the same for a seed on every machine.
  package var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: UInt64) {
      hash = (hash ^ value) &* 0x0000_0100_0000_01B3
    }
    for agent in agents { for count in agent.counts { add(UInt64(UInt32(bitPattern: count))) } }
    for spike in spikes {
      add(UInt64(bitPattern: Int64(spike.start)))
      add(spike.size.bitPattern)
    }
    return hash
  }
}
