import Foundation
import Simulator
import Testing
import Usage

struct CompanyTests {
  private func fingerprint(_ company: Company, _ days: DaySpan) -> [Int] {
    company.directory.streams.filter { [.langdock, .agentphone].contains($0.provider) }.flatMap { stream in
      days.days.map { day in
        var hasher = StableHasher()
        for message in company.messages.events(of: stream.id, on: day) { hasher.add(message) }
        for event in company.phoneEvents.events(of: stream.id, on: day) { hasher.add(event) }
        return hasher.value
      }
    }
  }

  /// Adds up what must not differ from machine to machine.
  private struct StableHasher {
    var value = 17
    mutating func add(_ numbers: [Int64]) { for number in numbers { value = value &* 31 &+ Int(number) } }
    mutating func add(_ message: Message) {
      add([
        message.times.occurred, message.times.visible, message.times.retracted, Int64(message.user),
        Int64(message.conversation), Int64(message.model), Int64(message.inputTokens), Int64(message.cost),
      ])
    }
    mutating func add(_ event: PhoneEvent) {
      add([event.times.occurred, event.times.visible, Int64(event.seconds), Int64(event.number)])
    }
  }

  @Test func sameSeedSameHistory() {
    let days = DaySpan("2026-11-10", "2026-11-12")
    let again = Company(Company.Configuration(today: today))
    let other = Company(Company.Configuration(seed: 2, today: today))
    #expect(fingerprint(sharedCompany, days) == fingerprint(again, days))
    #expect(fingerprint(sharedCompany, days) != fingerprint(other, days))
  }

  @Test func theSameOnEveryMachine() {
    // Written down once: another number means that histories differ between machines or versions.
    let sum = fingerprint(sharedCompany, DaySpan(day("2026-11-18"))).reduce(0) { $0 &* 131 &+ $1 }
    #expect(sum == 3_634_402_780_161_646_732)
  }

  @Test func hasTheDeclaredSize() {
    let directory = sharedCompany.directory
    #expect(directory.agents.count { $0.provider == .langdock } == 26)
    #expect(directory.agents.count { $0.provider == .agentphone } == 14)
    #expect(directory.people.count == 120)
    #expect((directory.models.count, directory.projects.count, directory.apiKeys.count) == (6, 8, 5))
    #expect(directory.numbers.count == 10)
    #expect(directory.numbers.count { $0.agent == nil } == 2)
    #expect(Set(directory.agents.map(\.team)).count >= 6)
    #expect(directory.models[0].name == directory.models[1].name)
    #expect(directory.models[0].ownKeys != directory.models[1].ownKeys)
  }

  @Test(arguments: ["2026-11-17", "2026-11-15", "2026-08-01"])
  func volumeOfADay(_ text: String) {
    let events = sharedCompany.directory.streams.reduce(0) { sum, stream in
      sum + sharedCompany.messages.events(of: stream.id, on: day(text)).count
        + sharedCompany.phoneEvents.events(of: stream.id, on: day(text)).count
    }
    #expect((50_000...65_000).contains(events))
  }

  @Test(arguments: [ProviderKind.langdock, .agentphone])
  func somethingBecomesVisibleEveryThreeSeconds(_ provider: ProviderKind) {
    let company = sharedCompany
    let visible = company.directory.streams(of: provider).flatMap { stream in
      company.messages.events(of: stream.id, on: day("2026-11-15")).map(\.times.visible)
        + company.phoneEvents.events(of: stream.id, on: day("2026-11-15")).map(\.times.visible)
    }.sorted()
    let gaps = zip(visible, visible.dropFirst()).map { $1 - $0 }
    let withinTheDay = gaps.prefix(25_900)
    #expect((withinTheDay.max() ?? .max) <= 3600)
  }

  @Test func weekdaysHolidaysAndBatches() {
    func messages(_ agent: String, _ text: String) -> Int {
      guard let index = sharedCompany.directory.agent(agent, of: .langdock) else { return -1 }
      let stream = sharedCompany.directory.streams.first { $0.producer == .agent(index) }
      return stream.map { sharedCompany.messages.events(of: $0.id, on: day(text)).count } ?? -1
    }
    #expect(messages("ag_uebersetzer", "2026-11-17") > 100)
    #expect(messages("ag_uebersetzer", "2026-11-15") < 30)
    // German Unity Day fell on a Saturday; Christmas lies in the future and is generated all the same.
    #expect(messages("ag_uebersetzer", "2026-12-25") < 30)
    #expect(messages("ag_newsletter", "2026-11-16") > 100)
    #expect(messages("ag_newsletter", "2026-11-17") == 0)
    #expect(messages("ag_forecast", "2026-10-20") == 0)
    #expect(messages("ag_forecast", "2026-11-05") > 0)
    #expect(messages("ag_uebersetzer", "2026-07-01") == 0)
  }

  @Test func incidentsAreInTheData() throws {
    let company = sharedCompany
    let incidents = company.incidents.filter { $0.provider == .langdock || $0.provider == .agentphone }
    #expect(incidents.count { $0.kind == .spike } == 2)
    #expect(incidents.count { $0.kind == .silence } == 1)
    for incident in incidents {
      #expect(incident.days.last < today && incident.days.first > today.advanced(by: -28))
      let agent = try #require(company.directory.agent(incident.agentID, of: incident.provider))
      let stream = try #require(company.directory.streams.first { $0.producer == .agent(agent) })
      func volume(_ day: Day) -> Int {
        company.messages.events(of: stream.id, on: day).count + company.phoneEvents.events(of: stream.id, on: day).count
      }
      let before = volume(incident.days.first.advanced(by: -7))
      #expect(before > 20)
      for day in incident.days.days {
        if incident.kind == .silence { #expect(volume(day) == 0) } else { #expect(volume(day) > before * 3) }
      }
    }
  }

  @Test func someEventsAreLateAndSomeAreTakenBack() {
    let chat = sharedCompany.directory.streams.first { $0.producer == .chat }
    let messages = (0..<10).flatMap { offset in
      sharedCompany.messages.events(of: chat?.id ?? 0, on: today.advanced(by: -offset))
    }
    let late = messages.count { $0.times.visible - $0.times.occurred > 60_000 }
    let latest = messages.map { $0.times.visible - $0.times.occurred }.max() ?? 0
    #expect(messages.count > 5000)
    #expect((messages.count / 100...messages.count / 33).contains(late))
    #expect(latest > 3_600_000 && latest <= 72_000_000)
    #expect(messages.contains { $0.times.retracted < .max })
  }
}
