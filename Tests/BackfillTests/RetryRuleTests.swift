import Backfill
import Foundation
import Testing
import Upstream

@Suite struct RetryRuleTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  private static func verdict(_ failure: UpstreamFailure, pause: Date? = nil) -> RetryRule.Verdict {
    var rule = RetryRule()
    return rule.failed(failure, pause: pause, at: now, unit: 0.5)
  }

  @Test(
    "what stays wrong is not asked again",
    arguments: [
      UpstreamFailure(.auth, "", status: 401), UpstreamFailure(.auth, "", status: 403),
      UpstreamFailure(.server, "", status: 404), UpstreamFailure(.server, "", status: 307),
      UpstreamFailure(.server, "", status: 422), UpstreamFailure(.tooLarge, ""),
    ])
  func hopeless(failure: UpstreamFailure) {
    #expect(Self.verdict(failure) == .giveUp)
  }

  @Test(
    "what may pass is asked again after a wait",
    arguments: [
      UpstreamFailure(.timeout, ""), UpstreamFailure(.network, ""), UpstreamFailure(.server, "", status: 503),
      UpstreamFailure(.server, "", status: 408), UpstreamFailure(.decode, ""), UpstreamFailure(.schema, ""),
      UpstreamFailure(.rateLimited, "", status: 429),
    ])
  func transient(failure: UpstreamFailure) {
    #expect(Self.verdict(failure) == .wait(until: Self.now.addingTimeInterval(2.5)))
  }

  @Test("a word that is past is none, so that a provider which is late is not asked at once again")
  func past() {
    let told = Self.now.addingTimeInterval(-5)
    #expect(
      Self.verdict(UpstreamFailure(.rateLimited, "", retryAt: told)) == .wait(until: Self.now.addingTimeInterval(2.5)))
  }

  @Test("the provider's own word counts, the later one")
  func told() {
    let told = Self.now.addingTimeInterval(1000)
    let pause = Self.now.addingTimeInterval(900)
    #expect(Self.verdict(UpstreamFailure(.rateLimited, "", retryAt: told), pause: pause) == .wait(until: told))
    #expect(Self.verdict(UpstreamFailure(.timeout, ""), pause: pause) == .wait(until: pause))
  }

  @Test("eight failures in a row are the end, unless a day was read between them")
  func limit() {
    var rule = RetryRule()
    func fail() -> RetryRule.Verdict { rule.failed(UpstreamFailure(.timeout, ""), pause: nil, at: Self.now, unit: 0) }
    for _ in 1..<RetryRule.limit { #expect(fail() != .giveUp) }
    rule.succeeded()
    for _ in 1..<RetryRule.limit { #expect(fail() != .giveUp) }
    var withheld = UpstreamFailure(.rateLimited, "", retryAt: Self.now.addingTimeInterval(60))
    withheld.wasWithheld = true
    #expect(rule.failed(withheld, pause: nil, at: Self.now, unit: 0) != .giveUp)
    #expect(fail() == .giveUp)
  }
}
