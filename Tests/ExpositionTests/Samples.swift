import Exposition

/// Bodies and families that several tests share.
enum Samples {
  static let messages = Family(
    "agentusage_agent_messages_total", .counter, help: "Messages of an \"agent\" \\ line\nfeed.")
  static let seconds = Family(
    "agentusage_call_seconds_total", .counter, help: "Time on the phone.", unit: "seconds")
  static let users = Family("agentusage_agent_active_users", .gauge, help: "Distinct users.", unit: "persons")
  static let duration = Family("scrape_duration_seconds", .histogram, help: "How long.", unit: "seconds")

  static func piece(_ family: Family, _ samples: [(LabelSet, SampleValue)]) -> Piece {
    var writer = SampleWriter(family)
    for (labels, value) in samples { writer.sample(labels, value) }
    return writer.finish()
  }

  /// A line, put together by hand.
  static func line(_ family: Family, _ labels: LabelSet, _ value: SampleValue) -> [UInt8] {
    let number = piece(Family("n", .gauge, help: ""), [(.none, value)]).identity.dropFirst(2)
    return Array(family.name.utf8) + (labels == .none ? [] : Array("{".utf8) + labels.bytes + Array("}".utf8))
      + Array(" ".utf8) + number
  }

  static let sections: [Section] = {
    let acme = LabelSet([Label("provider", "dust"), Label("workspace", "acme")])
    var histogram = Histogram(bounds: [0.005, 1, 10])
    for value in [0.001, 0.5, 0.75, 3, 99] { histogram.observe(value) }
    var durations = SampleWriter(duration)
    durations.histogram(.none, histogram)
    return [
      Section(
        family: messages,
        pieces: [
          piece(messages, [(acme.adding(Label("agent_id", "a")), .integer(12)), (acme, .integer(0))]),
          piece(messages, [(acme.adding(Label("agent_id", "say \"hi\"\\\n")), .integer(9_007_199_254_740_992))]),
        ]),
      Section(family: seconds, pieces: [piece(seconds, [(.none, .micros(6_145))])]),
      Section(family: Family("agentusage_nothing", .gauge, help: "Left out."), pieces: [.empty]),
      Section(family: users, pieces: [.empty, piece(users, [(acme, .real(2.5))])]),
      Section(family: duration, pieces: [durations.finish()]),
    ]
  }()

  static func body(_ sections: [Section], _ format: ExpositionFormat, _ encoding: BodyEncoding = .identity) -> [UInt8] {
    Envelope.body(of: [Document(sections).encoded(format, encoding)], format, encoding)
  }
}
