/// HTML as strictly as XML, and with only the elements and attributes that the status page is meant to have.
enum Markup {
  private static let void: Set<String> = ["meta"]
  private static let attributes: Set<String> = [
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "aria-labelledby", "aria-label", "aria-hidden",
    "role", "scope", "colspan", "data-label", "title", "datetime", "open", "href", "viewBox", "d", "cx", "cy", "r",
  ]
  private static let elements: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article", "footer", "h1",
    "h2", "h3", "p", "a", "span", "strong", "bdi", "time", "ul", "li", "div", "details", "summary", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "svg", "symbol", "use", "path", "circle",
  ]

  /// What is wrong with a document; nil if nothing is.
  static func fault(in html: String) -> String? {
    var rest = html.unicodeScalars[...]
    var open: [String] = []
    let start = "<!DOCTYPE html>".unicodeScalars
    guard rest.starts(with: start) else { return "no document type" }
    rest = rest.dropFirst(start.count)
    while let scalar = rest.first {
      if scalar != "<" {
        if let fault = textFault(&rest, in: open.last) { return fault }
        continue
      }
      guard let end = tagEnd(rest) else { return "a tag that never ends" }
      let tag = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
      if let fault = tagFault(tag, &open) { return fault }
    }
    return open.isEmpty ? nil : "unclosed \(open)"
  }

  private static func tagEnd(_ rest: Substring.UnicodeScalarView) -> String.Index? {
    var isQuoted = false
    return rest.indices.first { index in
      if rest[index] == "\"" { isQuoted.toggle() }
      return rest[index] == ">" && !isQuoted
    }
  }

  private static func textFault(_ rest: inout Substring.UnicodeScalarView, in element: String?) -> String? {
    let text = rest.prefix { $0 != "<" }
    rest = rest[text.endIndex...]
    if let fault = characterFault(text) { return fault }
    return element == "style" ? nil : referenceFault(String(text))
  }

  private static func characterFault(_ text: some Sequence<Unicode.Scalar>) -> String? {
    let odd = text.first {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0.value & 0xFFFE == 0xFFFE
    }
    return odd.map { "the character \($0.value)" }
  }

  private static func referenceFault(_ text: String) -> String? {
    // By bytes: an accent after a reference is no part of it.
    for part in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).dropFirst()
    where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: { part.starts(with: $0.utf8) }) {
      return "a bare ampersand in \(text)"
    }
    return nil
  }

  private static func tagFault(_ tag: String, _ open: inout [String]) -> String? {
    if tag.hasPrefix("/") {
      guard open.popLast() == String(tag.dropFirst()) else { return "</\(tag.dropFirst())> closes nothing" }
      return nil
    }
    let isEmpty = tag.hasSuffix("/")
    var rest = Substring(isEmpty ? String(tag.dropLast()) : tag)
    let name = String(rest.prefix { $0 != " " })
    rest = rest.dropFirst(name.count)
    guard elements.contains(name) else { return "<\(name)>" }
    var seen: Set<String> = []
    while !rest.isEmpty {
      if let fault = attributeFault(&rest, &seen) { return "\(fault) in <\(tag)>" }
    }
    if !isEmpty, !void.contains(name) { open.append(name) }
    return nil
  }

  private static func attributeFault(_ rest: inout Substring, _ seen: inout Set<String>) -> String? {
    guard rest.first == " " else { return "no space" }
    rest = rest.dropFirst()
    let name = String(rest.prefix { $0 != "=" && $0 != " " })
    rest = rest.dropFirst(name.count)
    guard attributes.contains(name), seen.insert(name).inserted else { return "the attribute \(name)" }
    guard rest.first == "=" else { return name == "open" ? nil : "\(name) without a value" }
    guard rest.dropFirst().first == "\"" else { return "\(name) without quotation marks" }
    let value = rest.dropFirst(2).prefix { $0 != "\"" }
    rest = rest[value.endIndex...].dropFirst()
    if name == "href", !(value.hasPrefix("/") || value.hasPrefix("#")) { return "the address \(value)" }
    return characterFault(value.unicodeScalars) ?? referenceFault(String(value))
  }
}
