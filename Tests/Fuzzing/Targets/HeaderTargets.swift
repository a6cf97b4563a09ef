@testable import Exposition
import Foundation
import Upstream
@testable import Web

/// Whatever a client accepts, it is answered in a known format, and nothing of what it said is in a header of ours.
enum NegotiationTarget {
  private static let contentTypes: Set<String> = Set(
    ExpositionFormat.allCases.flatMap { format in
      [format.contentType]
        + ["allow-utf-8", "underscores", "dots", "values"].map { "\(format.contentType); escaping=\($0)" }
    })

  static func run(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let accept = parts.first
    let (format, contentType) = ExpositionFormat.negotiate(accept: accept)
    require(contentTypes.contains(contentType), "a content type of the client's: \(contentType)")
    require(contentType.hasPrefix(format.contentType), "another content type than the format's")
    let named = accept?.lowercased().contains("application/openmetrics-text") ?? false
    require(format == .text || named, "OpenMetrics for somebody who does not name it")
    let encodings = parts.count > 1 ? parts[1] : nil
    let offered = encodings.map { $0.lowercased().contains("gzip") || $0.contains("*") } ?? false
    require(BodyEncoding.negotiate(acceptEncoding: encodings) == .identity || offered, "gzip for nobody")
    for element in parts.flatMap({ HeaderElement.list($0) }) {
      require((0...1).contains(element.quality), "a quality beyond 0 to 1")
    }
    let patience = ScrapeTimeout(offset: 0.5).patience(header: parts.count > 2 ? parts[2] : nil)
    require(patience >= .zero && patience <= .seconds(3600), "a patience of \(patience)")
  }
}

/// Whatever a provider says of when to come back, it is between now and a year.
enum RetryAfterTarget {
  private static let now = Date(timeIntervalSince1970: 1_795_093_631)

  static func run(_ bytes: [UInt8]) {
    let texts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let end = now.addingTimeInterval(RetryAfter.longest)
    for text in texts {
      _ = HTTPDate.parse(text)
      if let instant = RetryAfter.parse(text, at: now) { require(instant >= now && instant <= end, "\(instant)") }
    }
    let names = ["x-ratelimit-limit", "ratelimit-remaining", "x-ratelimit-reset", "Retry-After"]
    let head = WireHead(status: 429, headers: zip(names, texts).map { ($0, $1) })
    if let limits = RateLimitHeaders(head, at: now) {
      for number in [limits.limit, limits.remaining].compactMap(\.self) {
        require(number.isFinite && number >= 0, "a limit of \(number)")
      }
      if let reset = limits.reset { require(reset <= end, "a reset at \(reset)") }
    }
    let failure = UpstreamFailure.status(head, at: now)
    for refusals in [0, 1, 60, 1000] {
      let block = RequestBlock.after(failure, at: now, refusals: refusals, unit: 0.999)
      if let block { require(block.until >= now && block.until <= end, "a block until \(block.until)") }
    }
  }
}
