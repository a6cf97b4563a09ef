/// The formats in which Prometheus and its kin read samples.
package enum ExpositionFormat: Sendable, Hashable, CaseIterable {
  /// Prometheus text 0.0.4.
  case text
  /// OpenMetrics text 1.0.0.
  case openMetrics

  package var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// What to answer to an `Accept` header, and its `Content-Type`.
  ///
  /// OpenMetrics is for those who name it, in version 1.0.0 or none. Everybody else gets text, also whoever refuses it:
  /// an answer in a known format helps more than a 406. The media range that is wanted most decides; of equals the one
  /// that says more, then the first. Its `escaping` is answered as asked (Prometheus' "escaping schemes"), as all our
  /// names are the same in each.
  package static func negotiate(accept: String?) -> (format: ExpositionFormat, contentType: String) {
    var best: (format: ExpositionFormat, element: HeaderElement, weight: (Double, Int))?
    for element in HeaderElement.list(accept ?? "") where element.quality > 0 {
      guard let (format, precision) = match(element) else { continue }
      let weight = (element.quality, precision)
      if let known = best, known.weight >= weight { continue }
      best = (format, element, weight)
    }
    guard let best else { return (.text, ExpositionFormat.text.contentType) }
    guard let scheme = best.element.parameters["escaping"]?.lowercased(), escapingSchemes.contains(scheme) else {
      return (best.format, best.format.contentType)
    }
    return (best.format, "\(best.format.contentType); escaping=\(scheme)")
  }

  private static let escapingSchemes: Set<String> = ["allow-utf-8", "underscores", "dots", "values"]

  /// The format that a media range asks for, and how precisely it does.
  private static func match(_ element: HeaderElement) -> (ExpositionFormat, Int)? {
    let version = element.parameters["version"]
    switch element.value {
    case "application/openmetrics-text": return version == nil || version == "1.0.0" ? (.openMetrics, 2) : nil
    case "text/plain": return version == nil || version == "0.0.4" ? (.text, 2) : nil
    case "text/*": return (.text, 1)
    case "*/*": return (.text, 0)
    default: return nil
    }
  }
}
