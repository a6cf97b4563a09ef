import Collection
import Foundation
import Ledger
import Testing
import Upstream

@Suite("How a collector stands")
struct StandingTests {
  private static let now = Date(timeIntervalSince1970: 1_795_282_200)

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var lastSuccess: TimeInterval?
    var lastAttempt: TimeInterval?
    var succeeded = true
    var failures = 0
    var catchingUp = false
    var unavailable = false
    var running = false
    var failure: String?
    var block: (seconds: TimeInterval, reason: UpstreamFailure.Reason)?
    let expected: StatusState

    var standing: CollectorStanding {
      var progress = CollectorProgress()
      progress.lastSuccess = lastSuccess.map { StandingTests.now.addingTimeInterval(-$0) }
      progress.lastAttempt = lastAttempt.map { StandingTests.now.addingTimeInterval(-$0) }
      (progress.lastSucceeded, progress.failures) = (succeeded, failures)
      (progress.catchingUp, progress.unavailable) = (catchingUp, unavailable)
      var standing = CollectorStanding(progress: progress, minInterval: 300, maxStaleness: 86_400)
      standing.isRunning = running
      standing.block = block.map {
        RequestBlock(until: StandingTests.now.addingTimeInterval($0.seconds), reason: $0.reason)
      }
      if let failure { standing.notes.ended(.failed(reason: failure, message: "m"), at: StandingTests.now) }
      return standing
    }
  }

  static let cases = [
    Case(testDescription: "never asked", succeeded: false, expected: .waiting),
    Case(
      testDescription: "first under way", lastAttempt: 1, succeeded: false, failures: 1, running: true,
      expected: .waiting),
    Case(
      testDescription: "second under way after a failure", lastAttempt: 1, succeeded: false, failures: 2, running: true,
      failure: "network", expected: .failing),
    Case(
      testDescription: "killed in the first", lastAttempt: 9, succeeded: false, failures: 1, expected: .failing),
    Case(testDescription: "fresh", lastSuccess: 60, lastAttempt: 60, expected: .fine),
    Case(testDescription: "an ordinary gap", lastSuccess: 630, lastAttempt: 630, expected: .fine),
    Case(testDescription: "a long gap", lastSuccess: 631, lastAttempt: 631, expected: .late),
    Case(testDescription: "catching up", lastSuccess: 60, lastAttempt: 60, catchingUp: true, expected: .catchingUp),
    Case(
      testDescription: "late beats catching up", lastSuccess: 999, lastAttempt: 999, catchingUp: true, expected: .late),
    Case(testDescription: "not switched on", lastAttempt: 60, unavailable: true, expected: .notEnabled),
    Case(
      testDescription: "refused", lastSuccess: 60, lastAttempt: 1, succeeded: false, failures: 1, failure: "auth",
      expected: .refused),
    Case(
      testDescription: "rate limited", lastSuccess: 60, lastAttempt: 1, succeeded: false, failures: 1,
      failure: "rate_limited", expected: .rateLimited),
    Case(
      testDescription: "in a pause but fresh", lastSuccess: 60, lastAttempt: 60, block: (600, .rateLimited),
      expected: .fine),
    Case(
      testDescription: "old because of a pause", lastSuccess: 999, lastAttempt: 999, block: (600, .rateLimited),
      expected: .rateLimited),
    Case(testDescription: "old after a pause", lastSuccess: 999, lastAttempt: 999, block: (-1, .auth), expected: .late),
    Case(
      testDescription: "refused before the start", lastSuccess: 60, lastAttempt: 30, succeeded: false, failures: 2,
      block: (600, .auth), expected: .refused),
    Case(
      testDescription: "paused by a server before the start", lastSuccess: 60, lastAttempt: 30, succeeded: false,
      failures: 2, block: (600, .server), expected: .failing),
    Case(testDescription: "never asked for a refusal", succeeded: false, block: (600, .auth), expected: .refused),
  ]

  @Test("follows from what happened", arguments: cases)
  func states(_ example: Case) {
    #expect(example.standing.state(at: Self.now) == example.expected)
  }

  @Test("names the later of its own next attempt and the workspace's pause")
  func nextAttempt() {
    var standing = Case(testDescription: "", block: (600, .rateLimited), expected: .fine).standing
    standing.progress.nextAttempt = Self.now.addingTimeInterval(60)
    #expect(standing.nextAttempt(at: Self.now) == Self.now.addingTimeInterval(600))
    standing.block = nil
    #expect(standing.nextAttempt(at: Self.now) == Self.now.addingTimeInterval(60))
    #expect(standing.nextAttempt(at: Self.now.addingTimeInterval(60)) == nil)
  }

  @Test("keeps the words of the answer that forbade later requests, until something else happens")
  func notes() {
    var notes = CollectorNotes()
    notes.began()
    notes.ended(.failed(reason: "auth", message: "refused"), at: Self.now)
    notes.began()
    notes.withheld()
    notes.ended(.failed(reason: "auth", message: "withheld"), at: Self.now)
    #expect(notes.failure?.message == "refused")
    notes.began()
    notes.ended(.abandoned, at: Self.now)
    #expect(notes.failure?.message == "refused")
    notes.began()
    notes.ended(.failed(reason: "auth", message: "again"), at: Self.now)
    #expect(notes.failure?.message == "again")
    notes.began()
    notes.heard(["a"])
    notes.ended(.succeeded, at: Self.now)
    #expect(notes.failure == nil && notes.notices == ["a"])
    notes.began()
    notes.ended(.notEnabled(message: "ask"), at: Self.now)
    #expect(notes.hint == "ask" && notes.notices.isEmpty)
    notes.began()
    notes.ended(.succeeded, at: Self.now)
    #expect(notes.hint == nil && notes.notices.isEmpty)
  }
}
