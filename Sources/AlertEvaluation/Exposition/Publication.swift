/// How often the exporter refreshes, and so how coarse the counters' steps are.
package enum Publication: String, Sendable, Hashable, CaseIterable {
  /// Every five minutes, as with Tess and AgentPhone.
  case live
  /// Every half hour, as with Langdock and Dust.
  case half
  /// Every hour, ten minutes after its end.
  case hourly
  /// Once a day at two, up to midnight.
  case daily
  /// Once a day between two and six, a day in 25 missed.
  case dailyj

  /// Seconds.
  var interval: Int {
    switch self {
    case .live: 300
    case .half: 1800
    case .hourly: 3600
    case .daily, .dailyj: 86_400
    }
  }

  /// Seconds after the end of a spike within which an alert is still about it: the window that still holds it, and for
  /// daily refreshes the time until the next but one.
  package var grace: Int { isDaily ? 56 * 3600 : 26 * 3600 }

  /// Whether the targets apply to it. From one step a day no rule here reaches them: daily publications are measured and
  /// told, and judged in the quiet companies alone.
  package var isJudged: Bool { !isDaily }

  private var isDaily: Bool { interval >= 86_400 }
}

/// A successful collection.
struct Refresh: Sendable, Hashable {
  /// Seconds of the season at which it ends.
  let at: Int
  /// Seconds of the season up to which usage is in it.
  let through: Int
  /// As the exporter has it: the one before was more than two intervals ago.
  var catchingUp = false
}

extension Publication {
  /// All refreshes of a season, less those that the event prevents.
  func refreshes(of company: Company) -> [Refresh] {
    let event = company.event
    var all = schedule(of: company).filter { refresh in
      event?.providerOutage?.contains(refresh.at) != true && event?.exporterDown?.contains(refresh.at) != true
    }
    if let back = event?.exporterDown?.upperBound, !all.contains(where: { $0.at == back }) {
      all.append(Refresh(at: back, through: back))
      all.sort { $0.at < $1.at }
    }
    for index in all.indices.dropFirst() {
      let gap = all[index].at - all[index - 1].at
      // An exporter without a ledger knows of no success before its start.
      let begun = event == .reset && all[index].at == event?.exporterDown?.upperBound
      all[index].catchingUp = gap > 2 * interval && !begun
    }
    return all
  }

  private func schedule(of company: Company) -> [Refresh] {
    switch self {
    case .live, .half:
      stride(from: 0, to: Season.days * 86_400, by: interval).map { Refresh(at: $0, through: $0) }
    case .hourly:
      stride(from: 0, to: Season.days * 86_400, by: interval).map { Refresh(at: $0 + 600, through: $0) }
    case .daily:
      (1..<Season.days).map { Refresh(at: $0 * 86_400 + 7200, through: $0 * 86_400) }
    case .dailyj: jittered(seed: company.fingerprint)
    }
  }

  private func jittered(seed: UInt64) -> [Refresh] {
    var randomness = Randomness(seed: seed, stream: 0x6461_696C_79)
    return (1..<Season.days).compactMap { day in
      let refresh = Refresh(at: day * 86_400 + 7200 + randomness.below(4 * 3600), through: day * 86_400)
      return randomness.unit() < 0.04 ? nil : refresh
    }
  }
}
