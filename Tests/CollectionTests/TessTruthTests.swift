import Exposition
import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// "Every value of a scrape equals the simulator's truth exactly", of Tess.
@Suite struct TessTruthTests {
  private static let start = "2026-11-19T13:07:11Z"

  struct Case: Sendable, CustomTestStringConvertible {
    let zone: String
    let edits: TessOptions.Edits
    var createdAt = TessOptions.CreatedAt.microseconds
    var keepsCredits = false
    var testDescription: String { "\(zone) \(edits)" }
  }

  @Test(arguments: [
    Case(zone: "UTC", edits: .besideOriginal), Case(zone: "Europe/Berlin", edits: .replacesInPlace, createdAt: .spaced),
    Case(zone: "Europe/Berlin", edits: .replacesAtEditTime, keepsCredits: true),
  ])
  func everyTableEqualsTheTruth(_ test: Case) async throws {
    let calendar = try #require(LocalCalendar(zone: test.zone))
    let start = try instant(Self.start)
    var seed = Company.Configuration(today: calendar.day(at: start), historyDays: 24)
    seed.tessHeartbeat = 300
    let company = Company(seed)
    let change: @Sendable (inout Simulator.Configuration) -> Void = {
      $0.tess.edits = test.edits
      $0.tess.editedRowsKeepCredits = test.keepsCredits
      $0.tess.createdAt = test.createdAt
      $0.tess.idsAsText = test.keepsCredits
      $0.tess.creditsAsText = test.keepsCredits
    }
    try await withSimulator(company, at: start, change) { simulator, clock in
      let rig = try await Rig(
        simulator, clock: clock, configuration: Rig.tess(defaults: Rig.defaults(zone: test.zone)))
      _ = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let tables = TessTables(
        company: company, calendar: calendar, options: simulator.configuration.tess, firstRead: start)
      for format in ExpositionFormat.allCases {
        let scrape = try Scrape(rig.text(format))
        for table in tables.all { table.expectGauges(scrape, in: calendar, at: start) }
        tables.expectUsers(scrape, at: start)
      }
      await rig.stop()
    }
  }
}
