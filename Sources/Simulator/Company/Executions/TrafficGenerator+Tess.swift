import Usage

extension TrafficGenerator {
  /// A seeded Tess agent.
  struct TessProducer: Sendable {
    let profile: TrafficProfile
    let type: TessAgentType
    /// Keeps its numbers apart from those of the other agents.
    let lane: Int
    /// Milliseconds from one heartbeat to the next.
    let beat: Int
  }

  /// The executions of one agent on one UTC day.
  func executions(_ producer: TessProducer, on day: Day) -> [Execution] {
    guard day >= max(start, producer.profile.since) else { return [] }
    var random = Randomness(seed: seed, stream: producer.profile.salt, day: day.ordinal)
    var executions = heartbeats(producer, on: day, &random)
    let clock = producer.profile.rhythm.clock
    let midnight = Int64(day.ordinal) * Millis.day
    for _ in 0..<volume(producer.profile, day, &random) {
      let occurred = midnight + Int64(clock[random.below(clock.count)]) * 3_600_000 + Int64(random.below(3_600_000))
      var execution = Execution(
        times: EventTimes(occurred: occurred, visible: occurred + Self.delay(&random)))
      spend(&execution, producer, &random)
      ExecutionDice.decideFate(&execution, producer.type, &random)
      executions.append(execution)
    }
    executions.sort { ($0.times.occurred, $0.times.visible) < ($1.times.occurred, $1.times.visible) }
    number(&executions, producer, on: day)
    return executions
  }

  private func heartbeats(_ producer: TessProducer, on day: Day, _ random: inout Randomness) -> [Execution] {
    guard let phase = producer.profile.heartbeat, producer.profile.beats(on: day) else { return [] }
    let midnight = Int64(day.ordinal) * Millis.day
    return (0..<Int(Millis.day) / producer.beat).map { slot in
      let draw = random.next()
      let occurred = midnight + Int64(slot * producer.beat + phase * producer.beat / 3) + Int64(draw & 0x7F)
      var execution = Execution(times: EventTimes(occurred: occurred, visible: occurred + 20 + Int64(draw >> 8 & 0x3F)))
      spend(&execution, producer, &random)
      return execution
    }
  }

  private func spend(_ execution: inout Execution, _ producer: TessProducer, _ random: inout Randomness) {
    let audience = producer.profile.audience
    // Twice drawn, the smaller one kept: the first of the audience are the keenest.
    execution.user = UInt16(audience.first + min(random.below(audience.count), random.below(audience.count)))
    ExecutionDice.fill(&execution, producer.type, &random)
  }

  /// 98 % are visible within seconds, the others up to 20 hours later. Milliseconds.
  private static func delay(_ random: inout Randomness) -> Int64 {
    guard random.chance(perMille: 20) else { return Int64(200 + random.below(6000)) }
    let share = random.unit()
    return 120_000 + Int64(share * share * share * 71_880_000)
  }

  /// Half a lane for even days and half for odd ones, since late executions meet those of the next day.
  private func number(_ executions: inout [Execution], _ producer: TessProducer, on day: Day) {
    let half: Int64 = day.ordinal % 2 == 0 ? 0 : 64
    var taken: [Int64: Int64] = [:]
    for index in executions.indices {
      let visible = executions[index].times.visible
      let turn = taken[visible, default: 0]
      taken[visible] = turn + 1
      executions[index].id = ExecutionNumber.first(at: visible, lane: producer.lane) + half + turn
      if producer.type == .chat { executions[index].root = executions[index].id }
    }
    setRoots(&executions, producer)
  }

  /// A quarter of the chats go on with the conversation of the one before.
  private func setRoots(_ executions: inout [Execution], _ producer: TessProducer) {
    guard producer.type == .chat else { return }
    for index in executions.indices.dropFirst() where (executions[index].id >> 12) % 4 == 3 {
      executions[index].root = executions[index - 1].root
      executions[index].user = executions[index - 1].user
    }
  }
}
