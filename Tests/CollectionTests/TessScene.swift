import Foundation
import Simulator
import TestSupport
import Usage

/// A workspace at Tess in which things happen while it is read.
struct TessScene: Sendable {
  static let rounds = 4

  let company: Company
  let clock: ManualClock

  /// Executions of this moment, of several agents and people.
  func add(_ count: Int) {
    for number in 0..<count {
      company.addExecutions(
        1, agent: "bulk-\(number % 7)", at: clock.now().addingTimeInterval(-Double(number % 3)),
        .init {
          $0.user = "bulk-user-\(number % 40)"
          $0.credits = Int64(1000 + number)
          $0.tokens = Execution.Tokens(input: 10, output: UInt32(number))
        })
    }
  }

  func archive(_ count: Int, on day: Day) {
    for id in ids(on: day).prefix(count) { company.archiveExecution(id: id, at: clock.now()) }
  }

  /// Edits so many chats of a day that were not edited before.
  func edit(_ count: Int, on day: Day) {
    var left = count
    for id in ids(on: day) where left > 0 {
      if company.editExecution(id: id, at: clock.now()) { left -= 1 }
    }
  }

  private func ids(on day: Day) -> [Int64] {
    company.directory.streams(of: .tess).flatMap { stream in
      company.executions.events(of: stream.id, on: day).filter { $0.editedAt == .max && $0.archivedAt == .max }
    }.map(\.id)
  }

  /// Scrapes, and lets `happen` happen while one of the requests waits for its answer.
  ///
  /// - Parameters:
  ///   - sparing: how many requests are answered at once before.
  ///   - seconds: how long it waits; its answer is one of the end of that.
  @discardableResult
  func during<Result>(
    _ rig: Rig, _ simulator: Simulator, sparing: Int, seconds: TimeInterval, _ happen: () -> Result
  ) async throws -> Result {
    simulator.faults.inject(.delay(seconds, .injected), at: .tess, sparing: sparing, times: 1)
    let end = clock.now().addingTimeInterval(seconds)
    let scrape = Task { try await rig.scrape() }
    while clock.sleepers == 0 { await Task.yield() }
    let result = happen()
    clock.set(end)
    _ = try await scrape.value
    return result
  }

  /// Runs `body`, which waits for its turn again and again: meanwhile time passes, and with it come executions.
  func asTimePasses<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    let time = Task {
      while !Task.isCancelled {
        if clock.sleepers > 0 {
          clock.advance(by: 1.2)
          add(1)
        }
        await Task.yield()
      }
    }
    defer { time.cancel() }
    return try await body()
  }

  /// Refreshes with new rows beyond a page, in each of which something happens, and at last one with nothing new.
  func refreshes(_ rig: Rig, _ simulator: Simulator) async throws {
    let today = LocalCalendar.utc.day(at: clock.now())
    for round in 0..<Self.rounds {
      clock.advance(by: 61)
      add(150)
      archive(30, on: today.advanced(by: -2))
      edit(40, on: today.advanced(by: -1 - round))
      // The second page is told when the first is 50 seconds old.
      try await during(rig, simulator, sparing: 1, seconds: 50) { add(130) }
      add(60)
      edit(3, on: today.advanced(by: -1 - round))
      clock.advance(by: 11)
      // And now it is repeated from then, under a first page of now.
      _ = try await rig.scrape()
    }
    clock.advance(by: 61)
    _ = try await rig.scrape()
    // What is new is shown at 0 first.
    clock.advance(by: 1)
  }
}
