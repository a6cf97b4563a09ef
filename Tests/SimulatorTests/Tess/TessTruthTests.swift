import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The seeded company with little of the noise that keeps a demo moving.
private let calmCompany: Company = {
  var configuration = Company.Configuration(today: today, historyDays: 12)
  configuration.tessHeartbeat = 600
  return Company(configuration)
}()

/// What all pages say together is what the log says.
struct TessTruthTests {
  private func read(
    _ span: DaySpan, zone: String = "UTC", at now: Date = noon, _ change: (inout TessOptions) -> Void
  ) async throws -> (answer: Truth, truth: Truth) {
    let calendar = try #require(LocalCalendar(zone: zone))
    var configuration = Simulator.Configuration()
    change(&configuration.tess)
    configuration.tess.calendar = calendar
    let simulator = Simulator(company: calmCompany, clock: ManualClock(now), configuration: configuration)
    return try await simulator.withRunning { simulator in
      let answer = Truth.tess(try await simulator.tessRows(dates(span)), at: now)
      let options = simulator.configuration.tess
      return (answer, calmCompany.tessTruth(span, in: calendar, at: now, firstRead: now, options: options))
    }
  }

  @Test(arguments: TessOptions.Edits.allCases, ["UTC", "America/Sao_Paulo", "Asia/Kolkata"])
  func allPagesAreTrue(_ edits: TessOptions.Edits, _ zone: String) async throws {
    let (answer, truth) = try await read(DaySpan("2026-11-15", "2026-11-17"), zone: zone) { $0.edits = edits }
    #expect(answer == truth)
    #expect(truth.quantities.count > 40 && (truth.activeUsers[.workspace] ?? 0) > 50)
  }

  @Test(arguments: TessOptions.Edits.allCases)
  func editedRowsWithCreditsAreTrue(_ edits: TessOptions.Edits) async throws {
    let (answer, truth) = try await read(DaySpan("2026-11-16", "2026-11-18")) {
      $0.edits = edits
      $0.editedRowsKeepCredits = true
    }
    #expect(answer == truth)
  }

  @Test(arguments: ["2026-11-18T09:00:00", "2026-11-19T00:00:30", "2026-11-19T20:00:00"])
  func itIsTrueAtAnyTime(_ time: String) async throws {
    let (answer, truth) = try await read(DaySpan("2026-11-18", "2026-11-18"), at: moment(time)) { _ in }
    #expect(answer == truth)
  }

  // MARK: By hand

  private let agent = Entity(.agent, "a")

  @Test func anExecutionCountsOnce() {
    let company = Company.empty(today: today)
    let span = DaySpan(day("2026-11-16"))
    let ids = company.addExecutions(
      3, agent: "a", at: moment("2026-11-16T08:00:00"),
      .init {
        $0.credits = 1_250_000
        $0.tokens = Execution.Tokens(input: 10, output: 3)
        $0.settledAfter = 60
      })
    company.addExecutions(
      1, agent: "a", at: moment("2026-11-16T09:00:00"),
      .init {
        $0.failed = true; $0.user = "bo"
      })
    // What does not come to its end in two minutes has failed.
    for (time, failures) in [("09:01:59", nil), ("09:02:00", 1)] as [(String, Int64?)] {
      let truth = company.tessTruth(span, at: moment("2026-11-16T\(time)"))
      #expect(truth.quantities[SeriesKey(agent, .executionFailures)] == failures)
    }
    company.archiveExecution(id: ids[0], at: moment("2026-11-17T08:00:00"))
    company.editExecution(id: ids[1], at: moment("2026-11-18T08:00:00"))
    let running = company.tessTruth(span, at: moment("2026-11-16T08:00:59"))
    #expect(
      running.quantities == [
        SeriesKey(agent, .executions): 3,
        SeriesKey(Entity(.model, "tess-6"), .executions): 3, SeriesKey(Entity(.source, "api"), .executions): 3,
      ])
    for edits in TessOptions.Edits.allCases {
      let truth = company.tessTruth(span, at: noon, options: .init { $0.edits = edits })
      #expect(truth.quantities[SeriesKey(agent, .executions)] == 4)
      #expect(truth.quantities[SeriesKey(agent, .executionFailures)] == 1)
      #expect(truth.quantities[SeriesKey(agent, .credits)] == 3_750_000)
      #expect(truth.quantities[SeriesKey(Entity(.model, "tess-6"), .tokens, "input")] == 30)
      #expect(truth.activeUsers == [agent: 2, .workspace: 2])
    }
  }

  @Test(arguments: [true, false])
  func anEditBeforeTheFirstReadCountsAsWhatIsLeft(_ keepsCredits: Bool) {
    let company = Company.empty(today: today)
    let ids = company.addExecutions(1, agent: "a", at: moment("2026-11-16T08:00:00"), .init { $0.credits = 700 })
    let edit = moment("2026-11-18T08:00:00")
    company.editExecution(id: ids[0], at: edit)
    func truth(_ edits: TessOptions.Edits, _ day: String, _ firstRead: Date) -> [SeriesKey: Int64] {
      let options = TessOptions {
        $0.edits = edits
        $0.editedRowsKeepCredits = keepsCredits
      }
      let span = DaySpan(day, day)
      return company.tessTruth(span, at: noon, firstRead: firstRead, options: options).quantities
    }
    let whole = truth(.besideOriginal, "2026-11-16", edit)
    #expect(whole.count == 5)
    var left: [SeriesKey: Int64] = [SeriesKey(agent, .executions): 1]
    if keepsCredits { left[SeriesKey(agent, .credits)] = 700 }
    #expect(truth(.replacesInPlace, "2026-11-16", edit) == left)
    #expect(truth(.replacesAtEditTime, "2026-11-16", edit).isEmpty)
    #expect(truth(.replacesAtEditTime, "2026-11-18", edit) == left)
    let before = edit.addingTimeInterval(-0.001)
    #expect(truth(.replacesInPlace, "2026-11-16", before) == whole)
    #expect(truth(.replacesAtEditTime, "2026-11-16", before) == whole)
    #expect(truth(.replacesAtEditTime, "2026-11-18", before).isEmpty)
  }
}
