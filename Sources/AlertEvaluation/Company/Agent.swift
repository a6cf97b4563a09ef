/// One agent's life.
package struct Agent: Sendable {
  package let id: String
  package let kind: AgentKind
  /// Uses on a working day.
  package let volume: Double
  /// The day on which it appears.
  package let firstDay: Int
  /// Uses before the beginning of each step, and at the end of the last: one more than there are steps.
  package let counts: [Int32]

  var firstStep: Int { firstDay * Season.stepsADay }
}

/// How irregular usage is: the shapes of the gamma-distributed factors of each UTC day and hour.
struct Noise: Sendable {
  let day: Double
  let hour: Double

  /// Standard deviations of 35 % a day and 50 % an hour.
  static let ordinary = Noise(day: 8, hour: 4)
  /// 7 and 20 %: an alarm can only come from the event under test.
  static let low = Noise(day: 200, hour: 25)
}

extension Agent {
  /// Draws the uses of every step.
  static func live(
    id: String, kind: AgentKind, volume: Double, firstDay: Int, spike: Spike?, in company: Company,
    using randomness: inout Randomness
  ) -> Agent {
    let season = company.season
    let shape = kind.shape(in: season, holiday: company.holiday, using: &randomness)
    let growth = 1 + company.growth.mean + company.growth.deviation * randomness.normal()
    let days = (0..<Season.days).map { _ in randomness.gamma(shape: company.noise.day) }
    let hours = (0..<Season.days * 24).map { _ in randomness.gamma(shape: company.noise.hour) }
    // By the hour: the difference within one is far below the noise. Volumes are those of four weeks before the first
    // spikes, as in the experiment of six weeks before which this one has two more.
    let grown = hours.indices.map { Elementary.power(growth, Double($0) / 168 - 2) }
    var counts: [Int32] = [0]
    counts.reserveCapacity(Season.steps + 1)
    var sum: Int32 = 0
    for step in 0..<Season.steps {
      let second = step * Season.step
      var rate = shape[step] * volume * grown[second / 3600] * days[second / 86_400] * hours[second / 3600]
      rate *= company.share(at: second, bornOn: firstDay)
      if let spike { rate = spike.applied(to: rate, at: season.start + second) }
      sum += Int32(clamping: randomness.poisson(mean: rate))
      counts.append(sum)
    }
    return Agent(id: id, kind: kind, volume: volume, firstDay: firstDay, counts: counts)
  }
}
