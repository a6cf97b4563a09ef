import Foundation
import Testing
import Upstream

/// What an answer means for the requests after it.
@Suite struct BlockTests {
  private static let now = Date(timeIntervalSince1970: 1_795_093_631)

  private static func failure(_ status: Int, _ headers: [(name: String, value: String)] = []) -> UpstreamFailure {
    UpstreamFailure.status(WireHead(status: status, headers: headers), at: now)
  }

  @Test(arguments: [
    (301, UpstreamFailure.Reason.server), (307, .server), (400, .server), (401, .auth), (402, .server), (403, .auth),
    (404, .server), (408, .server), (422, .server), (429, .rateLimited), (500, .server), (502, .server), (503, .server),
    (504, .server), (599, .server), (999, .server),
  ])
  func aStatusHasAReason(_ status: Int, _ reason: UpstreamFailure.Reason) {
    let failure = Self.failure(status)
    #expect(failure.reason == reason)
    #expect(failure.status == status)
    #expect(failure.description.hasPrefix("\(reason.rawValue) (HTTP \(status)): "))
  }

  @Test(arguments: [401, 403]) func aRefusedCredentialRestsAQuarterOfAnHour(_ status: Int) throws {
    // Even if the answer says something shorter.
    let failure = Self.failure(status, [("Retry-After", "1")])
    let block = try #require(RequestBlock.after(failure, at: Self.now, refusals: 0, unit: 0.5))
    #expect(block == RequestBlock(until: Self.now.addingTimeInterval(900), reason: .auth, since: Self.now))
  }

  @Test(arguments: [429, 503, 500, 400]) func retryAfterIsObeyedExactly(_ status: Int) throws {
    for value in ["47", "Thu, 19 Nov 2026 13:07:58 GMT"] {
      let failure = Self.failure(status, [("RETRY-AFTER", value)])
      let block = try #require(RequestBlock.after(failure, at: Self.now, refusals: 9, unit: 0.9))
      #expect(block.until == Self.now.addingTimeInterval(47))
    }
  }

  @Test(
    arguments: [(1, 0.5, 15.0), (2, 0.5, 30), (3, 1, 120), (9, 1, 1800), (1, 0, 1)] as [(Int, Double, TimeInterval)])
  func a429WithoutATimeBacksOff(_ refusals: Int, _ unit: Double, _ seconds: TimeInterval) throws {
    for headers in [[], [("retry-after", "whenever")]] {
      let block = try #require(
        RequestBlock.after(Self.failure(429, headers), at: Self.now, refusals: refusals, unit: unit))
      #expect(block == RequestBlock(until: Self.now.addingTimeInterval(seconds), reason: .rateLimited, since: Self.now))
    }
  }

  @Test(arguments: [UpstreamFailure.Reason.timeout, .network, .server, .tooLarge, .schema, .decode])
  func otherFailuresForbidNothing(_ reason: UpstreamFailure.Reason) {
    #expect(RequestBlock.after(UpstreamFailure(reason, "x"), at: Self.now, refusals: 3, unit: 0.5) == nil)
  }

  // MARK: Rate-limit headers

  @Test(arguments: ["x-ratelimit-", "X-RateLimit-", "ratelimit-", "RateLimit-"])
  func rateLimitHeaders(_ prefix: String) throws {
    let head = WireHead(
      status: 200, headers: [(prefix + "Limit", "500"), (prefix + "Remaining", "499"), (prefix + "Reset", "30")])
    let limits = try #require(RateLimitHeaders(head, at: Self.now))
    #expect(limits.limit == 500)
    #expect(limits.remaining == 499)
    #expect(limits.reset == Self.now.addingTimeInterval(30))
  }

  /// A reset is either seconds to go or an instant.
  @Test func aResetMayBeAnInstant() throws {
    let head = WireHead(status: 200, headers: [("x-ratelimit-reset", "1795093700")])
    let limits = try #require(RateLimitHeaders(head, at: Self.now))
    #expect(limits.reset == Date(timeIntervalSince1970: 1_795_093_700))
    #expect(limits.limit == nil && limits.remaining == nil)
  }

  /// `2^63 - 1` and the like are words for never, which no calendar holds.
  @Test(arguments: ["9223372036854775807", "1e19", "1e300", "253402300800"]) func aResetThatNeverComes(_ reset: String)
  {
    let head = WireHead(status: 200, headers: [("x-ratelimit-remaining", "10"), ("x-ratelimit-reset", reset)])
    let limits = RateLimitHeaders(head, at: Self.now)
    #expect(limits?.remaining == 10 && limits?.reset == nil)
  }

  @Test(arguments: ["", "many", "-1", "nan", "inf", "-inf"]) func junkHeadersAreNone(_ value: String) {
    let headers = ["limit", "remaining", "reset"].map { (name: "x-ratelimit-" + $0, value: value) }
    #expect(RateLimitHeaders(WireHead(status: 200, headers: headers), at: Self.now) == nil)
    #expect(RateLimitHeaders(WireHead(status: 200, headers: []), at: Self.now) == nil)
  }
}
