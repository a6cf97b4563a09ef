import Foundation
import Ledger
import Usage

/// Everything outside the ledger, and the model of it: what a history changes as it is played.
struct World: Sendable {
  let setup: Setup
  let collector: CollectorID
  var now: Int
  var zone: Zone
  var provider: Provider
  var model: Model
  /// The book as it was last in memory: what a restart must bring back.
  var lastBook: CollectorBook?
  /// What each reader was shown last.
  var shown: [Reader: [SeriesKey: Int64]] = [:]
  var lastAnswer: Answer?
  /// What the first readings of buckets found already there.
  var baseline: Int64 = 0
  var writeFailures = 0
  var coverage = HistoryCoverage()

  init(_ setup: Setup, workspace: String, mutation: Mutation?) {
    self.setup = setup
    collector = CollectorID(WorkspaceID(.agentphone, workspace), "agents")
    now = setup.start
    zone = setup.zone
    provider = Provider(shape: setup.shape)
    model = Model(setup: setup, mutation: mutation)
  }

  var date: Date { Date(timeIntervalSince1970: Double(now)) }
  var today: Day { zone.calendar.day(at: date) }

  var policy: CountingPolicy {
    CountingPolicy(
      zeroHold: Double(setup.zeroHold), maxAgents: setup.maxAgents, movesInto: setup.shape.moves ? .unassigned : nil)
  }

  func day(_ daysAgo: Int) -> Day { today.advanced(by: -daysAgo) }

  /// Moves the clock, unless that leads out of the year around the start: closed days stay for 400 days only.
  mutating func move(to instant: Int) {
    guard abs(instant - setup.start) < 380 * 86_400 else { return }
    let (before, offset) = (today, zone.calendar.timeZone.secondsFromGMT(for: date))
    let backwards = instant < now
    now = instant
    coverage.count(.backwards, if: backwards)
    coverage.count(.midnights, if: today > before)
    coverage.count(.monthEnds, if: today.firstOfMonth > before.firstOfMonth)
    coverage.count(.yearEnds, if: today.firstOfYear > before.firstOfYear)
    coverage.count(.clockChanges, if: zone.calendar.timeZone.secondsFromGMT(for: date) != offset)
  }

  mutating func jump(_ landmark: Landmark, _ offset: Int) {
    let calendar = zone.calendar
    let target: Date? =
      switch landmark {
      case .midnight: calendar.start(of: today.advanced(by: 1))
      case .monthEnd: calendar.start(of: today.firstOfNextMonth)
      case .yearEnd: calendar.start(of: today.firstOfNextYear)
      case .clockChange: calendar.timeZone.nextDaylightSavingTimeTransition(after: date)
      }
    if let target { move(to: Int(target.timeIntervalSince1970) + offset) }
  }

  /// Whatever happens at the provider's.
  mutating func applyUpstream(_ operation: Operation) {
    switch operation {
    case .use(let agent, let lane, let amount, let daysAgo):
      provider.use(lane.key(agent.entity), Int64(amount), on: day(daysAgo))
      coverage.count(.lateData, if: daysAgo > 0)
    case .correct(let agent, let lane, let amount, let daysAgo):
      provider.correct(lane.key(agent.entity), Int64(amount), on: day(daysAgo))
    case .vanish(let agent, let daysAgo): provider.vanish(agent, on: day(daysAgo))
    case .delete(let agent): provider.delete(agent, on: today)
    case .restore(let agent): provider.restore(agent, on: today)
    default: break
    }
  }
}
