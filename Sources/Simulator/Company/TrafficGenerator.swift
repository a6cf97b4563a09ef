import Usage

/// Makes the events of one producer on one day, from nothing but the seed.
struct TrafficGenerator: Sendable {
  let seed: UInt64
  let start: Day
  let models: [Directory.Model]
  /// Milliseconds from one heartbeat to the next, of all but Tess' producers.
  let beat: Int64
  /// By the producer's salt.
  let incidents: [UInt64: [Incident]]

  /// Events beside the heartbeat.
  func volume(_ profile: TrafficProfile, _ day: Day, _ random: inout Randomness) -> Int {
    let weight = profile.rhythm.weight(weekday: day.weekday, holiday: Holidays.contains(day))
    let grown = 1 + profile.growth * Double(min(max(day.ordinal - start.ordinal, 0), 240)) / 120
    var volume = random.logNormal(median: profile.median, spread: profile.spread) * grown * Double(weight) / 100
    for incident in incidents[profile.salt] ?? [] where incident.days.contains(day) {
      volume = volume * Double(incident.percent) / 100
    }
    return Int(volume.rounded())
  }

  /// Calls `body` with the times of each event of the day.
  func forEachTime(
    _ profile: TrafficProfile, on day: Day, _ body: (EventTimes, _ heartbeat: Bool, inout Randomness) -> Void
  ) {
    guard day >= max(start, profile.since) else { return }
    var random = Randomness(seed: seed, stream: profile.salt, day: day.ordinal)
    let midnight = Int64(day.ordinal) * Millis.day
    if let phase = profile.heartbeat, profile.beats(on: day) {
      for slot in 0..<Millis.day / beat {
        let draw = random.next()
        let occurred = midnight + slot * beat + Int64(phase) * (beat / 3) + Int64(draw & 0x7F)
        body(EventTimes(occurred: occurred, visible: occurred + 20 + Int64((draw >> 8) & 0x3F)), true, &random)
      }
    }
    let clock = profile.rhythm.clock
    for _ in 0..<volume(profile, day, &random) {
      let occurred = midnight + Int64(clock[random.below(clock.count)]) * 3_600_000 + Int64(random.below(3_600_000))
      body(Self.times(occurred, &random), false, &random)
    }
  }

  /// 98 % are visible within seconds, the others up to 20 hours later; 0.3 % are taken back within two days.
  private static func times(_ occurred: Int64, _ random: inout Randomness) -> EventTimes {
    var delay = 200 + random.below(6000)
    if random.chance(perMille: 20) {
      let share = random.unit()
      delay = 120_000 + Int(share * share * share * 71_880_000)
    }
    let visible = occurred + Int64(delay)
    guard random.chance(perMille: 3) else { return EventTimes(occurred: occurred, visible: visible) }
    return EventTimes(
      occurred: occurred, visible: visible, retracted: visible + 3_600_000 + Int64(random.below(165_600_000)))
  }

  func messages(_ profile: TrafficProfile, on day: Day) -> [Message] {
    var messages: [Message] = []
    forEachTime(profile, on: day) { times, _, random in
      var message = Message(times: times)
      // Twice drawn, the smaller one kept: the first of the audience are the keenest.
      let person = min(random.below(profile.audience.count), random.below(profile.audience.count))
      message.user = UInt16(profile.audience.first + person)
      // A conversation goes on for two days, so that conversations of days do not add up.
      let block = UInt32(truncatingIfNeeded: (day.ordinal + person) / 2) & 0x3FFF
      message.conversation = UInt32(message.user) << 16 | block << 2 | UInt32(random.below(3))
      message.model = profile.models[max(0, random.below(profile.models.count + 1) - 1)]
      message.source = profile.sources[random.below(profile.sources.count)]
      message.project = profile.project
      message.apiKey = profile.apiKey
      spend(&message, &random)
      messages.append(message)
    }
    return messages
  }

  private func spend(_ message: inout Message, _ random: inout Randomness) {
    let draw = random.next()
    message.inputTokens = 120 + UInt32(draw & 0x7FF)
    message.outputTokens = 30 + UInt32((draw >> 16) & 0x3FF)
    if (draw >> 32) & 3 == 0 { message.cachedTokens = 512 + UInt32((draw >> 36) & 0x1FFF) }
    if (draw >> 52) & 15 == 0 { message.cacheCreationTokens = 1024 + UInt32((draw >> 40) & 0xFFF) }
    let prices = models[Int(message.model)].prices
    let input = (UInt64(message.inputTokens) + UInt64(message.cacheCreationTokens)) * prices.input
    let cached = UInt64(message.cachedTokens) * prices.cached
    message.cost = UInt32((input + cached + UInt64(message.outputTokens) * prices.output) / 1_000_000)
  }

  func phoneEvents(_ profile: TrafficProfile, on day: Day) -> [PhoneEvent] {
    var events: [PhoneEvent] = []
    forEachTime(profile, on: day) { times, heartbeat, random in
      var event = PhoneEvent(times: times)
      if !profile.numbers.isEmpty { event.number = profile.numbers[random.below(profile.numbers.count)] }
      event.webhook = random.chance(perMille: 12) ? .failed : .delivered
      if !heartbeat, random.chance(perMille: profile.callsPerMille) {
        event.segments = 0
        event.kind = random.chance(perMille: 90) ? .failedCall : .completedCall
        if event.kind == .completedCall {
          event.seconds = UInt32(min(random.logNormal(median: 95, spread: 0.8), 3600)) + 3
          // Statistics know of a call once it is over.
          let length = Int64(event.seconds) * 1000
          event.times = EventTimes(
            occurred: times.occurred, visible: times.visible + length,
            retracted: times.retracted == .max ? .max : times.retracted + length)
        }
      } else {
        event.segments = random.chance(perMille: 180) ? 2 : 1
      }
      events.append(event)
    }
    return events
  }
}
