package import Foundation
package import Usage

extension Company {
  /// `count` text messages at one moment; nil stands for no agent.
  package func addTexts(
    _ count: Int, agent: String?, number: String? = nil, at moment: Date, segments: UInt8 = 1,
    webhook: PhoneEvent.Webhook = .delivered, visibleAfter: TimeInterval = 0
  ) {
    add(count, agent: agent, number: number, at: moment, visibleAfter: visibleAfter) { event in
      event.segments = segments
      event.webhook = webhook
    }
  }

  /// `count` calls of `seconds` each that begin at one moment; visible at their end and `visibleAfter` seconds more.
  ///
  /// Calls that are not completed last no time.
  package func addCalls(
    _ count: Int, agent: String?, number: String? = nil, seconds: UInt32, completed: Bool = true, at moment: Date,
    webhook: PhoneEvent.Webhook = .delivered, visibleAfter: TimeInterval = 0
  ) {
    let length = completed ? seconds : 0
    add(count, agent: agent, number: number, at: moment, visibleAfter: visibleAfter + Double(length)) { event in
      event.kind = completed ? .completedCall : .failedCall
      event.seconds = length
      event.segments = 0
      event.webhook = webhook
    }
  }

  private func add(
    _ count: Int, agent: String?, number: String?, at moment: Date, visibleAfter: TimeInterval,
    _ change: (inout PhoneEvent) -> Void
  ) {
    let occurred = Millis.of(moment)
    let start = configuration.start
    let (stream, numberIndex) = editDirectory { directory -> (Int, Int?) in
      let producer = agent.map { Directory.Producer.agent(directory.findAgent($0, of: .agentphone, since: start)) }
      let number = number.map { directory.findNumber($0, number: "", country: "US") }
      return (directory.addStream(of: .agentphone, producer ?? .unassigned), number)
    }
    var event = PhoneEvent(times: EventTimes(occurred: occurred, visible: occurred + Int64(visibleAfter * 1000)))
    event.number = numberIndex.map(UInt16.init) ?? PhoneEvent.noNumber
    change(&event)
    phoneEvents.add(Array(repeating: event, count: count), to: stream)
  }

  /// Takes back up to `count` of an agent's countable events of the UTC day `day`, from `moment` on, newest first.
  ///
  /// - Returns: how many there were to take back. nil for the agent means events without one.
  @discardableResult
  package func retract(_ count: Int, agent: String?, provider: ProviderKind, on day: Day, at moment: Date) -> Int {
    if provider == .dust { return retractDust(count, agent: agent, on: day, at: moment) }
    let directory = directory
    let producer: Directory.Producer
    if let agent {
      guard let index = directory.agent(agent, of: provider) else { return 0 }
      producer = .agent(index)
    } else {
      producer = provider == .agentphone ? .unassigned : .chat
    }
    guard let stream = directory.stream(of: provider, producer) else { return 0 }
    let millis = Millis.of(moment)
    return provider == .agentphone
      ? phoneEvents.retract(count, of: stream, on: day, at: millis)
      : messages.retract(count, of: stream, on: day, at: millis)
  }
}

extension EventStore {
  func retract(_ count: Int, of stream: Int, on day: Day, at moment: Int64) -> Int {
    var left = count
    edit(stream, day) { events in
      let newest = events.indices.sorted { events[$0].times.occurred > events[$1].times.occurred }
      for index in newest where left > 0 && events[index].times.counts(at: moment) {
        events[index].times.retracted = moment
        left -= 1
      }
    }
    return count - left
  }
}
