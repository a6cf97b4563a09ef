import Foundation
import Testing

import Settings

@Suite struct DurationSyntaxTests {
  static let readCases: [(String, TimeInterval)] = [
    ("0s", 0), ("500ms", 0.5), ("1s", 1), ("30m", 1800), ("1h30m", 5400), ("1d", 86_400), ("1w", 604_800),
    ("1y", 31_536_000), ("1y2w3d4h5m6s7ms", 33_019_506.007), ("90m", 5400), ("0h5s", 5), ("292y", 9_208_512_000),
  ]

  @Test(arguments: readCases)
  func read(text: String, seconds: TimeInterval) throws {
    #expect(try DurationSyntax.parse(text) == seconds)
  }

  static let refusedCases: [(String, DurationSyntax.Fault)] = [
    ("", DurationSyntax.Fault.malformed), ("30", .noUnit), ("0", .noUnit), ("-5m", .negative), ("-1", .negative),
    ("m", .malformed), ("1m1h", .malformed), ("1h1h", .malformed), ("1.5h", .malformed), ("1h 30m", .malformed),
    ("5 m", .malformed), ("1h30", .malformed), ("1H", .malformed), ("5min", .malformed), ("+5m", .malformed),
    ("٣m", .malformed), ("1µs", .malformed), ("293y", .tooLong), ("99999999999999999999s", .tooLong),
    ("9223372036854775807ms", .tooLong),
  ]

  @Test(arguments: refusedCases)
  func refused(text: String, fault: DurationSyntax.Fault) {
    #expect(throws: fault) { try DurationSyntax.parse(text) }
  }

  @Test(
    arguments: [
      (0, "0s"), (0.5, "500ms"), (1, "1s"), (90, "1m30s"), (3600, "1h"), (86_400 * 30, "30d"), (5400.25, "1h30m250ms"),
      (-1, "0s"),
    ] as [(TimeInterval, String)])
  func written(seconds: TimeInterval, text: String) throws {
    #expect(DurationSyntax.format(seconds) == text)
    #expect(try DurationSyntax.parse(text) == max(0, seconds))
  }
}
