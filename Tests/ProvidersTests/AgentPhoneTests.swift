import Foundation
import Providers
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// What AgentPhone's answers say, in all the shapes that have been seen.
@Suite struct AgentPhoneTests {
  private static let agents = Probe.named("agentphone/agents")
  private static let account = Probe.named("agentphone/account")
  private static let daily = Probe.named("agentphone/daily")
  private static let numbers = Probe.named("agentphone/numbers")

  private static func company(_ edit: (Company) -> Void) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    edit(company)
    return company
  }

  private static let busy = company { company in
    company.addAgent(id: "a", name: "Alpha", provider: .agentphone)
    company.addNumber(id: "n", number: "+12025550147", country: "CA", agent: "a")
    company.addNumber(id: "idle", number: "+12025550148")
    company.addTexts(4, agent: "a", number: "n", at: now.addingTimeInterval(-60))
    company.addTexts(3, agent: nil, at: now.addingTimeInterval(-60), webhook: .failed)
    company.addCalls(2, agent: "a", number: "n", seconds: 61, at: now.addingTimeInterval(-3600))
    company.addCalls(1, agent: "a", number: "n", seconds: 0, completed: false, at: now.addingTimeInterval(-3600))
  }

  @Test func byAgent() async throws {
    try await withDesk(Self.busy) { desk in
      let reading = try await desk.collect(Self.agents).reading
      #expect(reading.amounts(.messages) == ["a": 4, "unassigned": 3])
      // Completed calls only.
      #expect(reading.amounts(.calls) == ["a": 2, "unassigned": 0])
      #expect(reading.amounts(.callSeconds) == ["a": 122, "unassigned": 0])
      #expect(reading.attribute("agent_name", of: Entity(.agent, "a")) == "Alpha")
      #expect(reading.attribute("agent_name", of: .unassigned) == "Unassigned")
    }
  }

  /// "an upstream id equal to a reserved word gets the prefix `id:`"
  @Test func anAgentMayBeCalledLikeAReservedWord() async throws {
    let company = Self.company { company in
      for (id, count) in [("unassigned", 1), ("other", 2), ("id:other", 4), ("Other", 8)] {
        company.addAgent(id: id, name: "Unassigned", provider: .agentphone)
        company.addTexts(count, agent: id, at: now)
      }
      company.addTexts(16, agent: nil, at: now)
    }
    try await withDesk(company) { desk in
      let reading = try await desk.collect(Self.agents).reading
      #expect(
        reading.amounts(.messages)
          == ["id:unassigned": 1, "id:other": 2, "id:id:other": 4, "Other": 8, "unassigned": 16])
      #expect(reading.attributes.count == 5)
    }
  }

  @Test(arguments: [
    AgentPhoneOptions.UsageShape.planWithLimits, .planNameOnly, .newest,
  ])
  func theAccountInItsThreeShapes(_ shape: AgentPhoneOptions.UsageShape) async throws {
    try await withDesk(Self.busy) {
      $0.agentPhone.usageShape = shape
    } _: { desk in
      let outcome = try await desk.collect(Self.account)
      #expect(outcome.answers.first?.coverage == [.bucket(.lifetime)])
      let reading = outcome.reading
      #expect(reading.amounts(.messages) == ["": 7])
      #expect(reading.amounts(.calls) == ["": 3])
      #expect(reading.amounts(.webhookDeliveries) == ["": 10])
      #expect(reading.amounts(.webhookDeliveryFailures) == ["": 3])
      #expect(reading.states == [.phoneNumbersUsed: 2, .phoneNumbersLimit: 15])
      #expect(reading.unreported.isEmpty)
    }
  }

  @Test(arguments: [AgentPhoneOptions.ErrorEnvelope.nested, .detail, .message])
  func anErrorsEnvelopeDoesNotMatter(_ envelope: AgentPhoneOptions.ErrorEnvelope) async throws {
    try await withDesk {
      $0.agentPhone.errorEnvelope = envelope
    } _: { desk in
      for probe in Probe.agentPhone {
        let refused = try await desk.collect(probe, from: desk.client(.agentphone, key: "sk_live_MARKER"))
        #expect(refused.failure?.reason == .auth)
        #expect(refused.failure?.description.contains("MARKER") == false)
        desk.simulator.faults.inject(.rateLimited(.seconds(9)), at: .agentPhone, times: 1)
        let limited = try await desk.collect(probe)
        #expect(limited.failure?.retryAt == now.addingTimeInterval(9))
      }
    }
  }

  // MARK: Daily

  @Test func todayAndYesterday() async throws {
    try await withDesk(Self.busy) { desk in
      let outcome = try await desk.collect(Self.daily)
      let today = LocalCalendar.utc.day(at: now)
      #expect(
        outcome.answers.map(\.coverage) == [
          [.period(PeriodWindow(.day, start: today.advanced(by: -1)))], [.period(PeriodWindow(.day, start: today))],
        ])
      #expect(outcome.answers.map { $0.reading.amounts(.messages) } == [["": 0], ["": 7]])
      #expect(outcome.answers.last?.reading.amounts(.calls) == ["": 3])
      #expect(outcome.answers.last?.reading.amounts(.webhookDeliveries) == ["": 10])
    }
  }

  /// Days that are over are buckets when the past is asked for; today, and every live collection, has gauges only.
  @Test func pastDays() async throws {
    let today = LocalCalendar.utc.day(at: now)
    let past = Self.company { company in
      company.addTexts(4, agent: "a", at: now.addingTimeInterval(-3 * 86_400))
      company.addTexts(9, agent: "a", at: now)
    }
    try await withDesk(past) { desk in
      let days = DaySpan(today.advanced(by: -5), through: today.advanced(by: -2)).days
      let demand = Demand(calendar: .utc, now: now, days: days, periods: [], activeUsers: [])
      let outcome = try await desk.collect(Self.daily, demand)
      let buckets = outcome.answers.filter { !$0.coverage.contains { if case .period = $0 { true } else { false } } }
      #expect(buckets.map(\.coverage) == days.map { [.bucket(.day($0))] })
      #expect(buckets.map { $0.reading.amounts(.messages)[""] } == [0, 0, 4, 0])
    }
  }

  /// Whatever the hour in whatever zone: the provider's days, which are those of UTC here, carry the dates that are wanted.
  @Test(arguments: ["UTC", "America/Los_Angeles", "Pacific/Niue", "Europe/Berlin", "Pacific/Kiritimati"])
  func everyHourOfADay(_ zone: String) async throws {
    let busy = Self.company { company in
      for day in 0..<9 { company.addTexts(day + 1, agent: "a", at: now.addingTimeInterval(Double(-day) * 86_400)) }
    }
    try await withDesk(busy) { desk in
      for _ in 0..<24 {
        let outcome = try await desk.collect(Self.daily, desk.demand(zone: zone, days: 5))
        #expect(Probe.rejected(of: outcome).isEmpty)
        for answer in outcome.answers {
          guard case .bucket(.day(let day)) = answer.coverage.first else { continue }
          let ago = LocalCalendar.utc.day(at: now).ordinal - day.ordinal
          #expect(answer.reading.amounts(.messages)[""] == Int64(ago + 1), "\(zone) \(desk.clock.now()) \(day)")
        }
        #expect(outcome.answers.count == 5)
        desk.clock.advance(by: 3600)
      }
    }
  }

  @Test func dailyWithoutWebhooks() async throws {
    try await withDesk(Self.busy) {
      $0.agentPhone.voiceMinutes = true
    } _: { desk in
      let outcome = try await desk.collect(Self.daily)
      #expect(outcome.answers.last?.reading.amounts(.messages) == ["": 7])
      #expect(outcome.answers.allSatisfy { $0.reading.amounts(.webhookDeliveries).isEmpty })
    }
  }

  @Test(
    arguments: [
      // Today is not listed, nothing is, days beside the wanted ones, far ones, no date at all.
      (#"{"date":"2026-11-18","messages":5,"calls":1}"#, [5, nil], [:]),
      ("", [nil, nil], [:]),
      (#"{"date":"2026-11-20","messages":5,"calls":1}"#, [nil, nil], [:]),
      (#"{"date":"2026-11-14","messages":5,"calls":1}"#, [nil, nil], [:]),
      (#"{"date":"2026-11-21","messages":5,"calls":1}"#, [nil, nil], [.future: 1]),
      (#"{"date":"2026-11-13","messages":5,"calls":1}"#, [nil, nil], [.outsideWindow: 1]),
      (
        #"{"date":null,"messages":5,"calls":1},{"date":"2026-11-19","messages":2,"calls":1}"#, [nil, 2], [.missingID: 1]
      ),
      (#"{"date":"19.11.2026","messages":5,"calls":1}"#, [nil, nil], [.missingID: 1]),
      (#"{"date":"2026-11-19","messages":null,"calls":1}"#, [nil, nil], [:]),
      (#"{"date":"2026-11-19","messages":-1,"calls":1}"#, [nil, nil], [.negative: 1]),
      (#"{"date":"2026-11-19","messages":"many","calls":1}"#, [nil, nil], [.notANumber: 1]),
      (#"{"date":"2026-11-19","messages":9007199254740993,"calls":1}"#, [nil, nil], [.tooLarge: 1]),
      (
        #"{"date":"2026-11-19","messages":4,"calls":1},{"date":"2026-11-19","messages":2,"calls":1}"#, [nil, 6], [:]
      ),
    ] as [(String, [Int64?], [RowRejection: Int])])
  func oddDays(_ rows: String, _ messages: [Int64?], _ rejected: [RowRejection: Int]) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: #"{"data":[\#(rows)],"days":2}"#), at: .agentPhone)
      let outcome = try await desk.collect(Self.daily)
      #expect(outcome.failure == nil)
      #expect(outcome.answers.map { $0.reading.amounts(.messages)[""] } == messages)
      #expect(Probe.rejected(of: outcome) == rejected)
    }
  }

  // MARK: Numbers

  @Test(arguments: [true, false]) func aNumberItselfIsToldOnlyOnDemand(_ expose: Bool) async throws {
    try await withDesk(Self.busy) { desk in
      let outcome = try await desk.collect(Self.numbers, options: ProviderOptions(exposePhoneNumbers: expose))
      let number = Entity(.phoneNumber, "n")
      #expect(outcome.answers.first?.coverage == [.bucket(.lifetime)])
      #expect(outcome.reading.amounts(.messages) == ["n": 4, "idle": 0])
      #expect(outcome.reading.attribute("country", of: number) == "CA")
      #expect(outcome.reading.attribute("status", of: number) == "active")
      #expect(outcome.reading.attribute("agent_id", of: number) == "a")
      #expect(outcome.reading.attribute("agent_id", of: Entity(.phoneNumber, "idle")) == "unassigned")
      #expect(outcome.reading.attribute("phone_number", of: number) == (expose ? "+12025550147" : nil))
      if !expose { #expect(!String(reflecting: outcome.answers).contains("5550147")) }
    }
  }
}
