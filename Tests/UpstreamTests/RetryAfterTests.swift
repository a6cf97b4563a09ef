import Foundation
import Testing
import Upstream

/// `Retry-After` in all its forms.
@Suite struct RetryAfterTests {
  /// 1994-11-06T08:49:00Z, 37 seconds before RFC 9110's example.
  private static let now = Date(timeIntervalSince1970: 784_111_740)

  @Test(
    arguments: [
      ("0", 0.0), ("17", 17), ("  120\t", 120), ("999999999999", RetryAfter.longest), ("0017", 17),
      // The three forms of RFC 9110, section 5.6.7.
      ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sunday, 06-Nov-94 08:49:37 GMT", 37), ("Sun Nov  6 08:49:37 1994", 37),
      // A past date is now.
      ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      // A leap second, and another day, month and year.
      ("Sun, 06 Nov 1994 08:49:60 GMT", 60), ("Mon, 07 Nov 1994 08:49:00 GMT", 86_400),
      ("tue, 06 dec 1994 08:49:00 gmt", 30 * 86_400), ("Mon, 06 Nov 1995 08:49:00 GMT", 365 * 86_400),
      ("Wed, 31 Dec 9999 23:59:59 GMT", RetryAfter.longest),
    ] as [(String, TimeInterval)])
  func names(_ text: String, _ seconds: TimeInterval) {
    #expect(RetryAfter.parse(text, at: Self.now) == Self.now.addingTimeInterval(seconds))
  }

  /// Two digits of a year below 70 are of this century.
  @Test func twoDigitYears() throws {
    let now = try Date("2026-11-19T11:59:00Z", strategy: .iso8601)
    let date = try #require(RetryAfter.parse("Thursday, 19-Nov-26 12:00:00 GMT", at: now))
    #expect(date == now.addingTimeInterval(60))
  }

  @Test(arguments: [
    "", " ", "soon", "-5", "+5", "1.5", "1e3", "0x10", "5s", "1234567890123", "١٢", "GMT",
    "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 PST", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
    "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:61 GMT",
  ])
  func junkIsNothing(_ text: String) {
    #expect(RetryAfter.parse(text, at: Self.now) == nil)
  }
}
