/// From when until when an alert fires, in Unix seconds, both included.
package struct Episode: Sendable, Hashable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }
}

/// What Prometheus makes of an alert's expression.
package struct FiringState: Sendable, Hashable {
  /// Seconds that the expression must hold without a hole.
  package let hold: Int
  /// Seconds that the alert goes on after the expression no longer holds.
  package let keep: Int
  /// Seconds between two evaluations.
  package let step: Int

  package init(hold: Int, keep: Int, step: Int) {
    self.hold = hold
    self.keep = keep
    self.step = step
  }

  /// - Parameter times: the evaluations at which the expression held, in order.
  package func episodes(of times: [Int]) -> [Episode] {
    var episodes: [Episode] = []
    var since = 0
    var previous: Int?
    for time in times {
      if let last = previous, time - last <= step {
        // Goes on.
      } else if keep > 0, let episode = episodes.last, since <= episode.start, time - episode.end < keep + 2 * step {
        // Kept until the evaluation before, so that it need not hold again.
      } else {
        since = time
      }
      previous = time
      if let episode = episodes.last, since <= episode.start {
        episodes[episodes.count - 1].end = time
      } else if time - since >= hold {
        episodes.append(Episode(time, time))
      }
    }
    return episodes.map { Episode($0.start, $0.end + keep) }
  }
}

extension [Episode] {
  /// Episodes that are at most `gap` seconds apart, as one.
  package func merged(closerThan gap: Int = 6 * 3600) -> [Episode] {
    sorted { $0.start < $1.start }.reduce(into: []) { merged, episode in
      if let last = merged.last, episode.start - last.end <= gap {
        merged[merged.count - 1].end = Swift.max(last.end, episode.end)
      } else {
        merged.append(episode)
      }
    }
  }
}
