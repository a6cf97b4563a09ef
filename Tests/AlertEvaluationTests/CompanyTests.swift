import AlertEvaluation
import Testing

@Suite struct CompanyTests {
  private static let companies = (501...504).map { Company.withSpikes(seed: UInt64($0)) }

  @Test func theSameSeedMakesTheSameDataOnEveryMachine() {
    #expect(Self.companies[0].fingerprint == 6_364_425_860_229_060_314)
    #expect(Company.withSpikes(seed: 501).fingerprint == Self.companies[0].fingerprint)
  }

  @Test func seedsDiffer() {
    #expect(Set(Self.companies.map(\.fingerprint)).count == 4)
  }

  @Test func aCompanyIsTheExperiments() {
    for company in Self.companies {
      #expect(company.agents.count == 50)
      let kinds = Dictionary(grouping: company.agents, by: \.kind).mapValues(\.count)
      #expect(kinds == [.business: 33, .alwaysOn: 8, .weeklyBatch: 5, .tiny: 4])
      let new = company.agents.filter { $0.firstDay > 0 }
      #expect(new.count == 6)
      #expect(new.allSatisfy { (19...49).contains($0.firstDay) && $0.kind != .tiny })
      let spikes = Dictionary(grouping: company.spikes, by: \.kind).mapValues(\.count)
      #expect(spikes == [.burst: 7, .day: 7, .shift: 6])
      #expect(Set(company.spikes.map(\.agentID)).count == 20)
    }
  }

  @Test func spikesAreOfSettledAgentsInTheEvaluatedWeeks() throws {
    for company in Self.companies {
      for spike in company.spikes {
        let agent = try #require(company.agents.first { $0.id == spike.agentID })
        #expect(agent.firstDay == 0)
        #expect(agent.volume >= 15)
        let day = (spike.start - company.season.start) / 86_400
        #expect((Season.quietDays...52).contains(day))
        #expect(day != 45)
        let sizes: ClosedRange =
          switch spike.kind {
          case .burst: 1.5...4
          case .day: 3...6
          case .shift: 2.2...4
          }
        #expect(sizes.contains(spike.size))
      }
    }
  }

  @Test func nothingIsUsedInTheOutage() {
    for agent in Self.companies.flatMap(\.agents) {
      let nine = 45 * 288 + 9 * 12
      #expect(agent.counts[nine + 36] == agent.counts[nine])
    }
  }

  /// Uses of the six quiet weeks, by volume: its mean is 1, but for growth, the holiday and weekends.
  @Test func agentsUseWhatTheirVolumeSays() {
    let ratios = Self.companies.flatMap(\.agents).filter { $0.firstDay == 0 && $0.kind == .business && $0.volume >= 15 }
      .map { agent in
        let uses = agent.counts[Season.quietDays * 288]
        return Double(uses) / agent.volume / 30
      }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    #expect(abs(mean - 1.09) < 0.05, "\(mean)")
  }

  @Test func volumesAreLogNormal() {
    let volumes = (1...20).flatMap { Company.withSpikes(seed: $0).agents }.filter { $0.kind != .tiny }.map(\.volume)
      .sorted()
    let quartiles = [1, 2, 3].map { volumes[volumes.count * $0 / 4] }
    for (quartile, expected) in zip(quartiles, [23.3, 60, 154.2]) {
      #expect(abs(quartile / expected - 1) < 0.2, "\(quartile)")
    }
    #expect(volumes.allSatisfy { (0.3...4000).contains($0) })
  }
}
