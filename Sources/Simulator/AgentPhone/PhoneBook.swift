import Synchronization
import Usage

/// What AgentPhone counts.
struct PhoneTotals: Sendable {
  var messages: Int64 = 0
  var segments: Int64 = 0
  var calls: Int64 = 0
  var completedCalls: Int64 = 0
  var seconds: Int64 = 0
  var delivered: Int64 = 0
  var failedDeliveries: Int64 = 0

  mutating func add(_ event: PhoneEvent) {
    switch event.kind {
    case .message:
      messages += 1
      segments += Int64(event.segments)
    case .completedCall:
      calls += 1
      completedCalls += 1
      seconds += Int64(event.seconds)
    case .failedCall: calls += 1
    }
  }

  mutating func add(_ webhook: PhoneEvent.Webhook) {
    switch webhook {
    case .none: break
    case .delivered: delivered += 1
    case .failed: failedDeliveries += 1
    }
  }

  mutating func add(_ other: PhoneTotals) {
    messages += other.messages
    segments += other.segments
    calls += other.calls
    completedCalls += other.completedCalls
    seconds += other.seconds
    delivered += other.delivered
    failedDeliveries += other.failedDeliveries
  }
}

/// Totals over windows of any length. Days whose events are all settled are added up once and remembered.
final class PhoneBook: Sendable {
  /// Whose usage: an agent (nil for none) on a number (nil for none).
  struct Line: Hashable {
    let agent: Int?
    let number: Int?
  }

  private struct DayKey: Hashable {
    let stream: Int
    let day: Int
  }

  private struct Settled {
    let edition: Int
    /// From this moment on nothing about the day changes. Milliseconds since 1970.
    let since: Int64
    let totals: [UInt16: PhoneTotals]
  }

  let company: Company
  private let days = Mutex<[DayKey: Settled]>([:])

  init(_ company: Company) {
    self.company = company
  }

  /// What happened in `from..<end` and counts at `now`, all in milliseconds since 1970.
  ///
  /// What agents did that are deleted at `now` has no agent.
  func totals(from: Int64, to end: Int64, now: Int64) -> [Line: PhoneTotals] {
    let directory = company.directory
    var lines: [Line: PhoneTotals] = [:]
    let first = max(Millis.ordinal(from), company.phoneEvents.firstDay.ordinal)
    let last = Millis.ordinal(min(end - 1, now))
    guard first <= last else { return [:] }
    for stream in directory.streams where stream.provider == .agentphone {
      var owner: Int?
      if case .agent(let agent) = stream.producer, directory.agents[agent].deleted ?? .max > now { owner = agent }
      for ordinal in first...last {
        for (number, totals) in day(ordinal, of: stream.id, from: from, to: end, now: now) {
          let line = Line(agent: owner, number: number == PhoneEvent.noNumber ? nil : Int(number))
          lines[line, default: PhoneTotals()].add(totals)
        }
      }
    }
    return lines
  }

  func total(from: Int64, to end: Int64, now: Int64) -> PhoneTotals {
    totals(from: from, to: end, now: now).values.reduce(into: PhoneTotals()) { $0.add($1) }
  }

  private func day(
    _ ordinal: Int, of stream: Int, from: Int64, to end: Int64, now: Int64
  ) -> [UInt16: PhoneTotals] {
    let midnight = Int64(ordinal) * Millis.day
    let whole = from <= midnight && midnight + Millis.day <= end
    let key = DayKey(stream: stream, day: ordinal)
    let edition = company.phoneEvents.edition(of: stream)
    if whole, let settled = days.withLock({ $0[key] }), settled.edition == edition, settled.since <= now {
      return settled.totals
    }
    // A call may take an hour and be told 20 hours late, and be taken back two days after: older days are read once.
    let recent = midnight + 5 * Millis.day > now
    let events = company.phoneEvents.events(of: stream, on: Day(ordinal: ordinal), keep: recent || !whole)
    var totals: [UInt16: PhoneTotals] = [:]
    var settles = Int64.min
    for event in events {
      let times = event.times
      settles = max(settles, times.visible, times.retracted == .max ? .min : times.retracted)
      guard times.occurred >= from, times.occurred < end, times.visible <= now else { continue }
      totals[event.number, default: PhoneTotals()].add(event.webhook)
      if times.counts(at: now) { totals[event.number, default: PhoneTotals()].add(event) }
    }
    if whole, settles <= now, midnight + Millis.day <= now {
      let settled = Settled(edition: edition, since: max(settles, midnight + Millis.day), totals: totals)
      days.withLock { $0[key] = settled }
    }
    return totals
  }
}
