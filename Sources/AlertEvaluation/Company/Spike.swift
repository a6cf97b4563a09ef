/// A labelled rise in one agent's usage.
package struct Spike: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A day's volume and a half to four of them, on top, within three hours.
    case burst
    /// Three to six times the usual for a UTC day.
    case day
    /// From then on 2.2 to 4 times the usual.
    case shift
  }

  package let workspace: String
  package let agentID: String
  package let kind: Kind
  /// Unix seconds.
  package let start: Int
  package let end: Int
  /// Of a burst, days' volumes added; else the factor.
  package let size: Double
  /// Uses on a working day.
  package let volume: Double

  package init(
    workspace: String, agentID: String, kind: Kind, start: Int, end: Int, size: Double, volume: Double
  ) {
    self.workspace = workspace
    self.agentID = agentID
    self.kind = kind
    self.start = start
    self.end = end
    self.size = size
    self.volume = volume
  }

  /// 0 is Monday (1970-01-01 was a Thursday).
  var weekday: Int { (start / 86_400 + 3) % 7 }
}

extension Spike {
  /// A spike of `kind` at a random time of weeks 7 and 8, off the day of the platform's outage.
  static func random(
    _ kind: Kind, workspace: String, agentID: String, volume: Double, in season: Season,
    using randomness: inout Randomness
  ) -> Spike {
    let last = kind == .shift ? 51.0 : 53.0
    var second = 0
    repeat {
      second = Int(randomness.uniform(Double(Season.quietDays)...last) * 86_400) / 3600 * 3600
    } while second / 86_400 == Company.outageDay
    if kind == .day { second = second / 86_400 * 86_400 }
    let (size, length) =
      switch kind {
      case .burst: (randomness.uniform(1.5...4), 3 * 3600)
      case .day: (randomness.uniform(3...6), 86_400)
      case .shift: (randomness.uniform(2.2...4), Season.days * 86_400 - second)
      }
    return Spike(
      workspace: workspace, agentID: agentID, kind: kind, start: season.start + second,
      end: season.start + second + length, size: size, volume: volume)
  }

  /// Uses expected in a step that begins at `time`, with `rate` without the spike.
  func applied(to rate: Double, at time: Int) -> Double {
    guard time >= start, time < end else { return rate }
    return kind == .burst ? rate + volume * size * Double(Season.step) / Double(3 * 3600) : rate * size
  }
}
