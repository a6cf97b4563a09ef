import Foundation

extension WebReader {
  /// exporter-toolkit's closed set, with the values that some are bound to.
  private static let headers: [(name: String, values: [String])] = [
    ("Content-Security-Policy", []), ("Strict-Transport-Security", []), ("X-Content-Type-Options", ["nosniff"]),
    ("X-Frame-Options", ["deny", "sameorigin"]), ("X-XSS-Protection", []),
  ]

  mutating func http(in field: Field, _ settings: inout WebSettings) {
    guard let fields = nodes.fields(of: field.value, "`http_server_config`", known: ["http2", "headers"]) else {
      return
    }
    settings.http2 = boolean(fields["http2"], "http2") ?? true
    if let field = fields["headers"] { settings.headers = headers(in: field) }
  }

  private mutating func headers(in field: Field) -> [ResponseHeader] {
    guard let fields = nodes.fields(of: field.value, "`headers`", known: Self.headers.map(\.name)) else { return [] }
    return Self.headers.compactMap { header in
      guard let text = text(fields[header.name], header.name) else { return nil }
      guard header.values.isEmpty || header.values.contains(text.value) else {
        let choice = English.list(English.quoted(header.values), "or")
        fault(at: text.place, "`\(header.name)` must be \(choice)")
        return nil
      }
      guard text.value.unicodeScalars.allSatisfy({ (" "..."~").contains($0) }) else {
        fault(at: text.place, "`\(header.name)` must be one line of printable ASCII")
        return nil
      }
      return ResponseHeader(name: header.name, value: text.value)
    }
  }

  /// A user's name shows in no message.
  mutating func users(in field: Field) -> [String: PasswordHash] {
    if field.value.isNull { return [:] }
    guard case .mapping(let entries) = field.value.content else {
      if case .broken = field.value.content { return [:] }
      fault(at: field.value.place, "`basic_auth_users` must be a mapping of users to bcrypt hashes")
      return [:]
    }
    var users: [String: PasswordHash] = [:]
    for entry in entries {
      if entry.key.contains(":") {
        fault(at: entry.place, "the name of a user must not contain a colon: no client could send it")
      }
      guard let text = rawText(Field(place: entry.place, value: entry.value), "basic_auth_users") else { continue }
      guard let hash = PasswordHash(text.value) else {
        fault(
          at: text.place,
          "this is no bcrypt hash, which begins with $2y$, $2b$ or $2a$ and has 60 characters: make one with "
            + "`htpasswd -nBC 10 \"\" | tr -d ':\\n'`")
        continue
      }
      users[entry.key] = hash
    }
    return users
  }

  /// - Returns: nil where the interval is 0, which switches the limit off.
  mutating func rateLimit(in field: Field) -> RateLimit? {
    guard let fields = nodes.fields(of: field.value, "`rate_limit`", known: ["interval", "burst"]) else { return nil }
    let burst = count(fields["burst"])
    guard let interval = interval(fields["interval"]), interval > 0, let burst else { return nil }
    if burst.value == 0 {
      warn(at: burst.place ?? field.place, "a `burst` of 0 refuses every request: give at least 1")
    }
    return RateLimit(interval: interval, burst: burst.value)
  }

  private mutating func interval(_ field: Field?) -> TimeInterval? {
    guard let text = text(field, "interval") else { return nil }
    guard let seconds = GoDuration.parse(text.value) else {
      let hint = Double(text.value) == nil ? "is not a duration" : "has no unit"
      fault(at: text.place, "`interval` \(hint): write a duration such as 1s, 500ms or 1m30s, or 0 for no limit")
      return nil
    }
    guard seconds >= 0 else {
      fault(at: text.place, "`interval` must not be negative: write a duration such as 1s, or 0 for no limit")
      return nil
    }
    return seconds
  }

  private mutating func count(_ field: Field?) -> (value: Int, place: Place?)? {
    guard let text = text(field, "burst") else { return (0, nil) }
    guard let number = Int(text.value), (0...1_000_000).contains(number) else {
      fault(at: text.place, "`burst` must be a whole number from 0 to 1000000")
      return nil
    }
    return (number, text.place)
  }
}
