import Usage

/// How much a Dust agent is used, when and how.
struct DustProfile: Sendable {
  var traffic: TrafficProfile
  /// Indices of ``DustDirectory/runs`` in use; the first is used twice as often.
  var runs: [UInt32]
  /// Indices of ``DustDirectory/origins`` in use by people, and by programs.
  var origins: [UInt16]
  var programmaticOrigins: [UInt16]
  /// Of a thousand messages, how many come from programs with an API key.
  var programmaticPerMille: Int
  /// An index of ``DustDirectory/apiKeys``.
  var apiKey: UInt16
}

extension TrafficGenerator {
  func dustMessages(_ profile: DustProfile, on day: Day) -> [DustMessage] {
    var messages: [DustMessage] = []
    let traffic = profile.traffic
    forEachTime(traffic, on: day) { times, heartbeat, random in
      var message = DustMessage(times: times)
      message.serial = UInt32(messages.count)
      message.run = profile.runs[max(0, random.below(profile.runs.count + 1) - 1)]
      message.extraCredits = UInt32(random.below(heartbeat ? 40 : 700))
      message.failed = random.chance(perMille: 10)
      if random.chance(perMille: profile.programmaticPerMille) {
        message.apiKey = profile.apiKey
        message.origin = profile.programmaticOrigins[random.below(profile.programmaticOrigins.count)]
        let room = UInt32(truncatingIfNeeded: day.ordinal) & 0xFFFF
        let part = UInt32(truncatingIfNeeded: traffic.salt) & 0x1F
        message.conversation = 1 << 31 | room << 14 | part << 9 | UInt32(random.below(512))
      } else {
        // Twice drawn, the smaller one kept: the first of the audience are the keenest.
        let person = min(random.below(traffic.audience.count), random.below(traffic.audience.count))
        message.user = UInt16(traffic.audience.first + person)
        if !random.chance(perMille: 4) { message.origin = profile.origins[random.below(profile.origins.count)] }
        // A conversation goes on for two days and with any agent, so that those of days and of agents do not add up.
        let block = UInt32(truncatingIfNeeded: (day.ordinal + person) / 2) & 0x3FFF
        message.conversation = UInt32(message.user) << 16 | block << 2 | UInt32(random.below(3))
      }
      messages.append(message)
    }
    return messages
  }

  /// About one on fifty messages of people, up to ten minutes after them and on the same UTC day.
  func dustFeedback(_ profile: DustProfile, comments: Int, on day: Day) -> [DustFeedback] {
    var random = Randomness(seed: seed, stream: ~profile.traffic.salt, day: day.ordinal)
    let end = Int64(day.ordinal + 1) * Millis.day
    var list: [DustFeedback] = []
    for message in dustMessages(profile, on: day) where message.user != DustMessage.none {
      guard random.chance(perMille: 20) else { continue }
      let written = min(message.times.occurred + 5000 + Int64(random.below(600_000)), end - 1)
      var feedback = DustFeedback(times: EventTimes(occurred: written, visible: written))
      feedback.serial = UInt32(list.count)
      feedback.conversation = message.conversation
      feedback.comment = UInt32(random.below(max(1, comments)))
      feedback.user = random.chance(perMille: 15) ? DustMessage.none : message.user
      feedback.up = random.chance(perMille: 780)
      feedback.dismissed = random.chance(perMille: 80)
      feedback.shared = random.chance(perMille: 300)
      list.append(feedback)
    }
    return list
  }
}
