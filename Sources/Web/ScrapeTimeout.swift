/// How long a scrape may wait for collections.
package struct ScrapeTimeout: Sendable, Hashable {
  /// What Prometheus waits for if it does not say, in seconds.
  package static let standard = 10.0

  /// Seconds taken off for the way back: `--web.timeout-offset`.
  package let offset: Double

  package init(offset: Double) {
    self.offset = offset
  }

  /// - Parameter header: `X-Prometheus-Scrape-Timeout-Seconds`; one that is no positive number counts as absent.
  package func patience(header: String?) -> Duration {
    let asked = header.flatMap { Double($0) }.flatMap { $0.isFinite && $0 > 0 ? min($0, 3600) : nil }
    return .seconds(max(0, (asked ?? Self.standard) - offset))
  }
}
