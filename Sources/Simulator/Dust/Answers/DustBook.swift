import Foundation
import Synchronization
import Usage

/// What happened at Dust, by agent and local day. Days whose events are all settled are added up once and remembered.
final class DustBook: Sendable {
  private struct Key: Hashable {
    let stream: Int
    /// Milliseconds since 1970: the day's first, and the first after it.
    let from: Int64
    let end: Int64
  }

  private struct Settled {
    let edition: Int
    /// From this moment on nothing about the day changes. Milliseconds since 1970.
    let since: Int64
    let tally: DustTally
  }

  let company: Company
  private let settled = Mutex<[Key: Settled]>([:])
  /// Days that are remembered: half a year of thirty agents in four time zones.
  private let capacity = 20_000

  init(_ company: Company) {
    self.company = company
  }

  /// The part of a span in which there can be events at `now`; nil if there is none.
  func days(_ span: DaySpan, in calendar: LocalCalendar, at now: Int64) -> DaySpan? {
    let moment = Date(timeIntervalSince1970: Double(now) / 1000)
    // Local days reach into the UTC day before.
    let first = max(span.first, company.dust.messages.firstDay.advanced(by: -1))
    let last = min(span.last, calendar.day(at: moment))
    return first <= last ? DaySpan(first, through: last) : nil
  }

  /// What each agent (by its index) did on one local day. Agents who did nothing are left out.
  func tallies(on day: Day, in calendar: LocalCalendar, at now: Int64) -> [(agent: Int, tally: DustTally)] {
    let from = Millis.of(calendar.start(of: day))
    let end = Millis.of(calendar.start(of: day.advanced(by: 1)))
    return company.dust.directory.streams.compactMap { stream in
      let tally = tally(Key(stream: stream.id, from: from, end: end), at: now)
      return tally.messages > 0 ? (stream.agent, tally) : nil
    }
  }

  private func tally(_ key: Key, at now: Int64) -> DustTally {
    let store = company.dust.messages
    let edition = store.edition(of: key.stream)
    if let known = settled.withLock({ $0[key] }), known.edition == edition, known.since <= now { return known.tally }
    // An event may be told 20 hours late and be taken back two days after: older days are read once.
    let recent = key.end + 4 * Millis.day > now
    let days = (Millis.ordinal(key.from)...Millis.ordinal(key.end - 1)).map { ordinal in
      store.events(of: key.stream, on: Day(ordinal: ordinal), keep: recent)
    }
    // Read after the events, so that it holds all that they point to.
    let runs = company.dust.directory.runs
    var tally = DustTally()
    var settles = key.end
    for message in days.joined() where !message.failed {
      let times = message.times
      guard times.occurred >= key.from, times.occurred < key.end else { continue }
      settles = max(settles, times.visible, times.retracted == .max ? .min : times.retracted)
      if times.counts(at: now) { tally.add(message, runs[Int(message.run)]) }
    }
    if settles <= now {
      settled.withLock { remembered in
        if remembered.count >= capacity { remembered = [:] }
        remembered[key] = Settled(edition: edition, since: settles, tally: tally)
      }
    }
    return tally
  }

  /// Calls `body` with each message (by its agent) that completed in `from..<end` and counts at `now`, also failed ones.
  func forEachMessage(from: Int64, to end: Int64, at now: Int64, _ body: (_ agent: Int, DustMessage) -> Void) {
    forEach(company.dust.messages, from: from, to: end, at: now, body)
  }

  /// Calls `body` with all feedback (by its agent) given in `from..<end` that counts at `now`.
  func forEachFeedback(from: Int64, to end: Int64, at now: Int64, _ body: (_ agent: Int, DustFeedback) -> Void) {
    forEach(company.dust.feedback, from: from, to: end, at: now, body)
  }

  private func forEach<Event: TimedEvent>(
    _ store: EventStore<Event>, from: Int64, to end: Int64, at now: Int64, _ body: (_ agent: Int, Event) -> Void
  ) {
    let first = max(Millis.ordinal(from), store.firstDay.ordinal)
    let last = Millis.ordinal(min(end - 1, now))
    guard first <= last else { return }
    for stream in company.dust.directory.streams {
      for ordinal in first...last {
        for event in store.events(of: stream.id, on: Day(ordinal: ordinal)) {
          let times = event.times
          if times.occurred >= from, times.occurred < end, times.counts(at: now) { body(stream.agent, event) }
        }
      }
    }
  }
}
