import Testing
import Usage

import Settings

@Suite struct ValueTests {
  static let amountCases: [(String, Measure.Scale, Int64)] = [
    ("0", Measure.Scale.whole, 0), ("007", .whole, 7), ("200000", .whole, 200_000), ("5.00", .whole, 5),
    ("9007199254740992", .whole, 9_007_199_254_740_992), ("1250.5", .micro, 1_250_500_000),
    ("0.000001", .micro, 1), ("0.0000010", .micro, 1), ("9007199254.740992", .micro, 9_007_199_254_740_992),
  ]

  @Test(arguments: amountCases)
  func amount(text: String, scale: Measure.Scale, units: Int64) throws {
    #expect(try DecimalAmount.parse(text, scale) == units)
    let shortest = DecimalAmount.format(units, scale)
    #expect(try DecimalAmount.parse(shortest, scale) == units)
  }

  static let refusedAmountCases: [(String, Measure.Scale, DecimalAmount.Fault)] = [
    ("", Measure.Scale.micro, DecimalAmount.Fault.notANumber), ("-1", .micro, .negative), ("1e3", .micro, .notANumber),
    ("1,000", .micro, .notANumber), (".5", .micro, .notANumber), ("5.", .micro, .notANumber),
    ("1.2.3", .micro, .notANumber), ("+1", .micro, .notANumber), ("٣", .micro, .notANumber),
    (".inf", .micro, .notANumber),
    ("0.0000001", .micro, .tooFine), ("1.5", .whole, .tooFine), ("9007199254740993", .whole, .tooLarge),
    ("9007199254.740993", .micro, .tooLarge), ("99999999999999999999999", .whole, .tooLarge),
  ]

  @Test(arguments: refusedAmountCases)
  func refusedAmount(text: String, scale: Measure.Scale, fault: DecimalAmount.Fault) {
    #expect(throws: fault) { try DecimalAmount.parse(text, scale) }
  }

  static let baseURLCases: [(String, String, Bool)] = [
    ("https://api.langdock.com", "https://api.langdock.com", false),
    ("HTTPS://API.Langdock.COM/", "https://api.langdock.com", false),
    ("https://tess.pareto.io/api//", "https://tess.pareto.io/api", false),
    ("https://10.0.0.1:8443/a%20b", "https://10.0.0.1:8443/a%20b", false),
    ("http://localhost:8080", "http://localhost:8080", false), ("http://a.localhost", "http://a.localhost", false),
    ("http://127.0.0.1:1/x", "http://127.0.0.1:1/x", false), ("http://[::1]:9", "http://[::1]:9", false),
    ("http://127.0.0.1.evil.com", "http://127.0.0.1.evil.com", true), ("http://10.0.0.1", "http://10.0.0.1", true),
    ("http://127.evil.com.x", "http://127.evil.com.x", true), ("http://[fe80::1]", "http://[fe80::1]", true),
  ]

  @Test(arguments: baseURLCases)
  func baseURL(text: String, normal: String, isExposed: Bool) throws {
    let url = try BaseURL(text)
    #expect(url.text == normal)
    #expect(url.isExposed == isExposed)
  }

  static let refusedBaseURLCases: [(String, BaseURL.Fault)] = [
    ("", BaseURL.Fault.scheme), ("api.langdock.com", .scheme), ("ftp://host", .scheme), ("https:/host", .scheme),
    ("https://", .host), ("https:///path", .host), ("https://:443", .host), ("https://a..b", .host),
    ("https://exämple.com", .host), ("https://a b", .host), ("https://[::1", .host), ("https://[abc]", .host),
    ("https://host:", .port), ("https://host:0", .port), ("https://host:65536", .port), ("https://host:x", .port),
    ("https://[::1]x", .port), ("https://user:pw@host", .userInfo), ("https://host/?a=b", .queryOrFragment),
    ("https://host#top", .queryOrFragment), ("https://host/a b", .character), ("https://host/\u{1F600}", .character),
    ("https://host/\"", .character),
  ]

  @Test(arguments: refusedBaseURLCases)
  func refusedBaseURL(text: String, fault: BaseURL.Fault) {
    #expect(throws: fault) { try BaseURL(text) }
  }

  static let interpolationCases: [(String, String, Bool, Int)] = [
    ("plain", "plain", false, 0), ("${A}", "one", true, 0), ("x${A}${B}y", "xonetwoy", true, 0), ("$$", "$", false, 0),
    ("$${A}", "${A}", false, 0), ("$$$$", "$$", false, 0), ("a$b", "a$b", false, 0), ("$", "$", false, 0),
    ("${}", "", true, 1), ("${A", "", false, 1), ("${1}", "", true, 1), ("${A-b}", "", true, 1),
    ("${NONE}${ALSO}", "", true, 2), ("${DOLLAR}", "${A}", true, 0),
  ]

  @Test(arguments: interpolationCases)
  func interpolation(text: String, value: String, usesVariables: Bool, faults: Int) {
    let result = Interpolation(text, environment: ["A": "one", "B": "two", "DOLLAR": "${A}"])
    #expect(result.value == value)
    #expect(result.usesVariables == usesVariables)
    #expect(result.faults.count == faults)
  }

  static let suggestionCases: [(String, String?)] = [
    ("timezon", "timezone"), ("tmiezone", "timezone"), ("Periods", "periods"), ("perids", "periods"), ("xyz", nil),
    ("", nil), (String(repeating: "timezone", count: 1000), nil),
  ]

  @Test(arguments: suggestionCases)
  func suggestion(word: String, nearest: String?) {
    #expect(Suggestion.nearest(to: word, among: ["timezone", "periods"]) == nearest)
  }

  static let timeZoneCases: [(String, String?)] = [
    ("Europe/berlin", "Europe/Berlin"), ("Berlin", "Europe/Berlin"), ("utc", "UTC"), ("new york", "America/New_York"),
    ("Europe/Pariss", "Europe/Paris"), ("Middle-earth/Shire", nil), ("GMT", nil),
  ]

  @Test(arguments: timeZoneCases)
  func timeZone(name: String, nearest: String?) {
    #expect(TimeZoneNames.suggestion(for: name) == nearest)
  }

  static let pathCases: [(String, String, String)] = [
    ("c.yml", "key", "key"), ("/etc/exporter/c.yml", "secrets/key", "/etc/exporter/secrets/key"),
    ("conf/c.yml", "../key", "conf/../key"), ("conf/c.yml", "/run/key", "/run/key"),
  ]

  @Test(arguments: pathCases)
  func path(configuration: String, path: String, resolved: String) {
    #expect(Paths.resolve(path, in: Paths.folder(of: configuration)) == resolved)
  }
}
