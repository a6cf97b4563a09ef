/// What `agentusage-usage.rules.yml` computes of an agent's usage, once more and in another language: written from the
/// description in `alerts/README.md`, for counters sampled some times a day.
struct UsageModel {
  struct Key: Hashable, Comparable {
    let provider: String
    let workspace: String
    let agent: String
    let measure: String

    static func < (a: Key, b: Key) -> Bool { a.labels < b.labels }

    var labels: String {
      #"agent_id="\#(agent)", measure="\#(measure)", provider="\#(provider)", workspace="\#(workspace)""#
    }
  }

  enum Severity: String, CaseIterable {
    case info, warning
  }

  /// Samples in a day.
  let day: Int
  /// Samples in three hours: 1, or 0 where they are fewer than that, unless told otherwise.
  private let threeHours: Int

  /// Of each step: what the rules record, nil where there is none.
  struct Track {
    var increase1d: [Double?] = []
    var increase3h: [Double?] = []
    var median: [Double?] = []
    var expected: [Double?] = []
    var likeDays: [Int] = []
    var stddev: [Double?] = []
    var square: [Double?] = []
  }

  var tracks: [Key: Track] = [:]
  var keys: [Key] { tracks.keys.sorted() }

  /// - Parameter counters: of each series the samples of each exporter, all equally long; each begins at 0.
  init(_ counters: [Key: [[Double?]]], samplesADay day: Int, inThreeHours: Int? = nil) {
    self.day = day
    threeHours = inThreeHours ?? day / 8
    for (key, exporters) in counters {
      var track = Track()
      let steps = exporters.map(\.count).max() ?? 0
      for step in 0..<steps {
        track.increase1d.append(exporters.compactMap { Self.increase($0, step, over: day) }.max())
        track.increase3h.append(exporters.compactMap { Self.increase($0, step, over: threeHours) }.max())
        track.median.append(Self.median(weeks(track.increase1d, step)))
      }
      for step in 0..<steps { expect(&track, step) }
      tracks[key] = track
    }
    for key in keys { judgePast(key) }
  }

  // MARK: What is expected

  /// As Prometheus does it: extended to the ends of the window, or by half the distance of two samples where the next one
  /// beyond is missing, and not to before a counter was 0.
  private static func increase(_ samples: [Double?], _ step: Int, over window: Int) -> Double? {
    let inside = (max(0, step - window)...step).filter { samples[$0] != nil }
    guard inside.count > 1, let first = inside.first, let last = inside.last, let start = samples[first],
      let end = samples[last]
    else { return nil }
    let sampled = Double(last - first)
    let distance = sampled / Double(inside.count - 1)
    var before = Double(first - (step - window))
    if end > start { before = min(before, sampled * start / (end - start)) }
    let extended = [before, Double(step - last)].map { $0 < 1.1 * distance ? $0 : distance / 2 }
    return (end - start) * (sampled + extended.reduce(0, +)) / sampled
  }

  /// The same window one, two, three and four weeks ago.
  func weeks(_ values: [Double?], _ step: Int) -> [Double] {
    (1...4).compactMap { Self.value(values, step - $0 * 7 * day) }
  }

  static func value(_ values: [Double?], _ step: Int) -> Double? {
    values.indices.contains(step) ? values[step] : nil
  }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The medians of today's weekday and of the six before.
  func weekdays(_ track: Track, _ step: Int) -> [Double] {
    (0...6).compactMap { Self.value(track.median, step - $0 * day) }
  }

  /// The mean of the medians of those weekdays that are like today's.
  func likeToday(_ track: Track, _ step: Int) -> Double? {
    guard let median = track.median[step] else { return nil }
    return Self.mean(weekdays(track, step).filter { (0.5 * median...2 * median).contains($0) })
  }

  private func expect(_ track: inout Track, _ step: Int) {
    guard let median = track.median[step], let like = likeToday(track, step) else {
      track.expected.append(nil)
      track.likeDays.append(0)
      return
    }
    let days = (1...14).compactMap { Self.value(track.increase1d, step - $0 * day) }
      .filter { (0.4 * like...2.5 * like).contains($0) }
    let blended = (days.reduce(0, +) + 2 * median) / Double(days.count + 2)
    track.expected.append(max(days.isEmpty ? 0 : blended, 0.8 * median))
    track.likeDays.append(days.count)
  }

  // MARK: How far from it usage has been

  /// What one use counts for: credits as many as one use costs.
  func perUse(_ key: Key, _ step: Int) -> Double {
    guard key.measure == "credits", let credits = tracks[key]?.expected[step] else { return 1 }
    let uses = ["messages", "executions", "calls"].compactMap { measure in
      tracks[Key(provider: key.provider, workspace: key.workspace, agent: key.agent, measure: measure)]?.expected[step]
    }.reduce(0, +)
    return uses > 0 ? credits / uses : 1
  }

  private mutating func judgePast(_ key: Key) {
    guard var track = tracks[key] else { return }
    for step in track.increase1d.indices {
      guard let expected = track.expected[step] else {
        track.stddev.append(nil)
        track.square.append(nil)
        continue
      }
      let use = perUse(key, step)
      let people = 0.38 * expected
      let sigma =
        (people * people * (1 + 1.5 / Double(2 + track.likeDays[step])) + 1.5 * use * expected + 9 * use * use)
        .squareRoot()
      track.stddev.append(sigma)
      let deviation = track.increase1d[step].map { min(2, max(-2, ($0 - expected) / sigma)) }
      track.square.append(deviation.map { $0 * $0 })
    }
    tracks[key] = track
  }

  func noise(_ key: Key, _ step: Int) -> Double? {
    guard let squares = tracks[key]?.square else { return nil }
    return Self.mean((step - 15 * day...step - day).compactMap { Self.value(squares, $0) })
  }

  func scale(_ key: Key, _ step: Int) -> Double {
    guard let own = noise(key, step) else { return 1 }
    let all = noiseAround(key, step) ?? 1
    return min(3, max(0.5, 0.25 * own + 0.5 * all + 0.25)).squareRoot()
  }

  /// The median of the agents of its workspace.
  func noiseAround(_ key: Key, _ step: Int) -> Double? {
    let peers = keys.filter {
      ($0.provider, $0.workspace, $0.measure) == (key.provider, key.workspace, key.measure)
    }
    return Self.median(peers.compactMap { noise($0, step) })
  }

  // MARK: Limits

  /// Whether the agent has been seen long enough.
  func known(_ track: Track, _ step: Int) -> Bool {
    let past = step - 28 * day...step - 25 * day
    return weeks(track.increase1d, step).count >= 3 && past.contains { Self.value(track.increase1d, $0) != nil }
  }

  /// Usage of the day before each step, by series.
  func used1d(_ step: Int) -> [(Key, Double)] { all { _, track in track.increase1d[step] } }

  func used3h(_ step: Int) -> [(Key, Double)] { all { _, track in track.increase3h[step] } }

  func limit1d(_ severity: Severity, _ step: Int) -> [(Key, Double)] {
    all { key, track in
      guard known(track, step), let expected = track.expected[step], let sigma = track.stddev[step],
        let busiest = weeks(track.increase1d, step).max()
      else { return nil }
      let sigmas = severity == .info ? Self.sigmasInfo : Self.sigmasWarning
      return [
        expected + sigmas * sigma * scale(key, step), expected + 12 * perUse(key, step), 1.1 * busiest,
      ].max()
    }
  }

  func limit3h(_ severity: Severity, _ step: Int) -> [(Key, Double)] {
    all { key, track in
      guard known(track, step), let busiest = weeks(track.increase3h, step).max(),
        let busyDay = weekdays(track, step).max()
      else { return nil }
      let (times, days) = severity == .info ? (2.0, 0.7) : (3.0, 0.65)
      return times * busiest + max(days * busyDay, 12 * perUse(key, step))
    }
  }

  func all(_ value: (Key, Track) -> Double?) -> [(Key, Double)] {
    keys.compactMap { key in
      guard let track = tracks[key], let value = value(key, track) else { return nil }
      return (key, value)
    }
  }

  private static let sigmasInfo = 2.7
  private static let sigmasWarning = 4.1
}
