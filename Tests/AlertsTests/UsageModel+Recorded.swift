/// What the rules record on the way to the limits.
extension UsageModel {
  /// All series of a recording rule at a step: labels and value.
  func recorded(_ rule: String, _ step: Int) -> [(labels: String, value: Double)] {
    guard rule != "workspace_measure:agentusage_used:noise" else { return noiseOfWorkspaces(step) }
    let name = rule.replacing("agent_measure:agentusage_used:", with: "")
    guard name.hasPrefix("limit") else {
      return all { key, track in value(name, key, track, step) }.map { ($0.labels, $1) }
    }
    return Severity.allCases.flatMap { severity in
      (name == "limit1d" ? limit1d(severity, step) : limit3h(severity, step)).map { key, value in
        ("\(key.labels), severity=\"\(severity.rawValue)\"", value)
      }
    }
  }

  private func value(_ name: String, _ key: Key, _ track: Track, _ step: Int) -> Double? {
    switch name {
    case "increase1d": track.increase1d[step]
    case "increase3h": track.increase3h[step]
    case "median4w": track.median[step]
    case "max4w": weeks(track.increase1d, step).max()
    case "weeks4w": number(weeks(track.increase1d, step).count)
    case "max4w_increase3h": weeks(track.increase3h, step).max()
    case "like_today": likeToday(track, step)
    case "busy_day": weekdays(track, step).max()
    case "like_days": number(track.likeDays[step])
    case "expected1d": track.expected[step]
    case "per_use": track.expected[step].map { _ in perUse(key, step) }
    case "stddev1d": track.stddev[step]
    case "deviation_square": track.square[step]
    case "noise": noise(key, step)
    case "known": known(track, step) ? number(weeks(track.increase1d, step).count) : nil
    case "scaled_stddev1d": track.stddev[step].map { $0 * scale(key, step) }
    default: nil
    }
  }

  /// A count of what there is: of nothing there is no series.
  private func number(_ count: Int) -> Double? { count == 0 ? nil : Double(count) }

  private func noiseOfWorkspaces(_ step: Int) -> [(labels: String, value: Double)] {
    var found: [String: Double] = [:]
    for key in keys {
      found[#"measure="\#(key.measure)", provider="\#(key.provider)", workspace="\#(key.workspace)""#] =
        noiseAround(key, step)
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
