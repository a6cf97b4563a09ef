import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The seeded workspace at Dust, and what scripts change in it.
struct DustCompanyTests {
  private func fingerprint(_ company: Company) -> Int {
    company.dust.directory.streams.reduce(17) { sum, stream in
      let messages = company.dust.messages.events(of: stream.id, on: day("2026-11-18"))
      let feedback = company.dust.feedback.events(of: stream.id, on: day("2026-11-18"))
      let parts = messages.map { message in
        [message.times.occurred, message.times.visible, Int64(message.extraCredits), Int64(message.conversation)]
      }
      let more = feedback.map { [$0.times.occurred, Int64($0.comment), Int64($0.user)] }
      return (parts + more).joined().reduce(sum) { $0 &* 31 &+ Int($1) }
    }
  }

  @Test func sameSeedSameHistory() {
    #expect(fingerprint(sharedCompany) == fingerprint(Company(Company.Configuration(today: today))))
    #expect(fingerprint(sharedCompany) != fingerprint(Company(Company.Configuration(seed: 2, today: today))))
    // Written down once: another number means that histories differ between machines or versions.
    #expect(fingerprint(sharedCompany) == -1_932_081_924_054_772_192)
  }

  @Test func hasTheDeclaredSize() throws {
    let (directory, dust) = (sharedCompany.directory, sharedCompany.dust.directory)
    let agents = directory.agents.filter { $0.provider == .dust }
    #expect(agents.count == 17)
    #expect(Set(agents.map(\.name)).count == 16)
    #expect(Set(dust.tools.values.map(\.server)).count == 8)
    #expect(dust.skills.count == 5 && Set(dust.skills.map(\.name)).count == 4)
    let settings = agents.map { dust.traits[$0.id]?.settings }
    #expect(settings.count { $0 == .global } == 1 && settings.count { $0 == .draft } == 1)
    #expect(agents.count { $0.deleted != nil } == 1)
    let spike = try #require(sharedCompany.incidents.first { $0.provider == .dust })
    #expect(spike.kind == .spike && spike.days.last < today)
    func messages(_ span: DaySpan) -> Int64 {
      let key = SeriesKey(Entity(.agent, spike.agentID), .messages)
      return sharedCompany.dustAgentTruth(span, at: noon).quantities[key] ?? 0
    }
    let before = messages(DaySpan(spike.days.first.advanced(by: -7)))
    #expect(before > 20 && messages(spike.days) > 3 * before)
  }

  /// From yesterday on; before that there are no heartbeats.
  @Test func somethingBecomesVisibleEveryThreeSeconds() {
    func visible(_ day: Day) -> [Int64] {
      sharedCompany.dust.directory.streams.flatMap { stream in
        sharedCompany.dust.messages.events(of: stream.id, on: day).map(\.times.visible)
      }.sorted()
    }
    #expect(visible(today.advanced(by: -2)).count < 10_000)
    let visible = visible(today)
    let gaps = zip(visible, visible.dropFirst()).map { $1 - $0 }.prefix(25_900)
    #expect((gaps.max() ?? .max) <= 3600)
  }

  @Test func feedbackIsRare() {
    let (messages, feedback) = sharedCompany.dust.directory.streams.reduce((0, 0)) { sum, stream in
      let messages = sharedCompany.dust.messages.events(of: stream.id, on: day("2026-11-17"))
      let feedback = sharedCompany.dust.feedback.events(of: stream.id, on: day("2026-11-17"))
      return (sum.0 + messages.count { $0.user != DustMessage.none }, sum.1 + feedback.count)
    }
    #expect((messages / 100...messages / 30).contains(feedback))
    #expect(sharedCompany.dust.directory.comments.values.contains { $0.contains("\n") })
  }

  @Test func archivedAgentsAreDroppedWithAllTheyDid() async throws {
    let company = Company.empty(today: today)
    company.addAgent(id: "a", name: "A", provider: .dust)
    company.addDustMessages(5, agent: "a", at: moment("2026-11-18T08:00:00"), .init { $0.credits = 40 })
    company.archiveAgent(id: "a", at: moment("2026-11-19T13:00:00"))
    try await simulating(company) { simulator, clock in
      let span = DaySpan(day("2026-11-18"))
      #expect(try await simulator.dustRows("agents", span).first?["messages"] as? Int == 5)
      clock.set(moment("2026-11-19T13:00:00"))
      #expect(try await simulator.dustRows("agents", span).isEmpty)
      #expect(company.dustAgentTruth(span, at: clock.now()).quantities.isEmpty)
      #expect(try await simulator.dustRows("usage_metrics", span).first?["messages"] as? Int == 5)
      let row = try #require(try await simulator.dustRows("messages", span).first)
      #expect((row["assistantName"] as? String, row["assistantSettings"] as? String) == ("a", "unknown"))
      let lines = Truth.dustConsumption(try await simulator.consumption(span).lines)
      #expect(lines == company.dustConsumptionTruth(span, at: clock.now()) && !lines.quantities.isEmpty)
    }
  }

  /// Credits are rounded once, over the whole window: the sum of days is another number.
  @Test func creditsAreRoundedOverTheWindow() async throws {
    let company = Company.empty(today: today)
    for (day, credits) in [("17", UInt32(49)), ("18", 49), ("19", 52)] {
      company.addDustMessages(1, agent: "a", at: moment("2026-11-\(day)T08:00:00"), .init { $0.credits = credits })
    }
    try await simulating(company) { simulator, _ async throws in
      for (span, credits) in [
        (DaySpan("2026-11-17", "2026-11-17"), 0), (DaySpan("2026-11-19", "2026-11-19"), 1),
        (DaySpan("2026-11-17", "2026-11-18"), 1), (DaySpan("2026-11-17", "2026-11-19"), 2),
      ] {
        #expect(try await simulator.dustRows("agents", span).first?["credits"] as? Int == credits)
        #expect(try await simulator.dustRows("users", span).first?["credits"] as? Int == credits)
      }
    }
  }

  @Test func membersComeAndGo() async throws {
    let company = Company.empty(today: today)
    for user in ["back", "gone", "guest"] {
      company.addDustMessages(3, agent: "a", at: moment("2026-11-18T08:00:00"), .init { $0.user = user })
    }
    company.setDustMemberships(
      [
        .init(from: day("2026-08-01"), until: day("2026-11-10"), status: .revoked), .init(from: day("2026-11-15")),
      ], of: "back")
    company.setDustMemberships(
      [.init(from: day("2026-08-01"), until: day("2026-11-18"), status: .revoked)], of: "gone")
    company.setDustMemberships([], of: "guest")
    try await simulating(company) { simulator, _ in
      func users(_ span: DaySpan) async throws -> [String] {
        try await simulator.dustRows("users", span).map { "\($0["userId"] ?? "") \($0["userStatus"] ?? "")" }
      }
      #expect(try await users(DaySpan("2026-11-18", "2026-11-18")) == ["back active", "user-1 active"])
      let both = try await users(DaySpan("2026-11-01", "2026-11-18"))
      #expect(both == ["back revoked", "back active", "gone revoked", "user-1 active"])
      let span = DaySpan("2026-11-01", "2026-11-18")
      #expect(Truth.dustUsers(try await simulator.dustRows("users", span)) == company.dustUserTruth(span, at: noon))
    }
  }

  /// Whoever asks while the company grows gets an answer about those whom it knew before.
  @Test func editsWhileAnswersAreMade() async throws {
    let company = Company.empty(today: today)
    try await simulating(company) { simulator, _ async throws in
      async let edits: Void = {
        for number in 0..<400 {
          company.addDustMessages(
            1, agent: "a\(number)", at: noon,
            .init {
              $0.user = "u\(number)"
              $0.origin = "o\(number)"
              $0.credits = UInt32(number)
              $0.skills = ["s\(number)"]
              $0.tools = [.init("t\(number)")]
            })
          await Task.yield()
        }
      }()
      for table in ["agents", "users", "source", "skill_usage", "messages", "feedback", "tool_usage", "skills"] {
        for _ in 0..<4 { #expect(try await simulator.dust(table).status == 200) }
        #expect(try await simulator.consumption().unchunked != nil)
      }
      await edits
      #expect(
        Truth.dustAgents(try await simulator.dustRows("agents")) == company.dustAgentTruth(DaySpan(today), at: noon))
    }
  }
}
