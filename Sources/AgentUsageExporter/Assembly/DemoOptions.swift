import ArgumentParser
import Foundation
import Simulator
import Usage

/// What `demo` was asked to show.
struct DemoOptions: Sendable {
  /// A past before the present; see ``HistoryPlan``.
  struct Past: Sendable {
    /// Seconds.
    let length: TimeInterval
    let step: TimeInterval
    let interval: TimeInterval
    let file: String?

    func plan(before now: Date) -> HistoryPlan {
      HistoryPlan(length: length, step: step, interval: interval, file: file, before: now)
    }
  }

  /// An agent that is used six times as much on one day.
  struct Spike: Sendable, Equatable {
    let agentID: String
    /// Days after today, before it if negative.
    let day: Int
  }

  let history: Past?
  /// How many times as fast as the machine's own clock the demo's runs.
  let speed: Double
  let spikes: [Spike]
  /// Those that are collected; all if there are none.
  let providers: [ProviderKind]

  /// Seconds between the events of agents that never rest, over a past: few enough that they do not bury the others.
  private static let heartbeat = 600
  /// Days of traffic before the first that is collected, so that windows of 30 days are full.
  private static let leadDays = 45

  /// The demo's clock in the present.
  func clock(from moment: Date) -> any WallClock {
    speed == 1 ? SystemClock() : ScaledClock(origin: moment, speed: speed)
  }

  /// - Throws: `ValidationError` that names all agents if a spike is of none of them.
  func company(today: Day) throws -> Company.Configuration {
    var company = Company.Configuration.demo(today: today)
    if let history {
      let days = Int((history.length / 86_400).rounded(.up)) + Self.leadDays
      company.start = min(company.start, today.advanced(by: -days))
      company.steadyHeartbeat = Self.heartbeat
    }
    let agents = Company.agents(of: company)
    company.incidents = try spikes.map { spike in
      guard let agent = agents.first(where: { $0.id == spike.agentID }) else {
        let known = agents.map(\.id).sorted().joined(separator: ", ")
        throw ValidationError("--incident names the unknown agent \(spike.agentID); there are \(known)")
      }
      return Incident(
        kind: .spike, provider: agent.provider, agentID: agent.id, days: DaySpan(today.advanced(by: spike.day)),
        note: "Asked for with --incident")
    }
    return company
  }
}
