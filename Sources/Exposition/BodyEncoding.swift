/// How a body is encoded for its way.
package enum BodyEncoding: String, Sendable, Hashable, CaseIterable {
  case identity
  /// One gzip member (RFC 1952).
  case gzip

  /// The `Content-Encoding` of a response, which `identity` goes without.
  package var contentEncoding: String? { self == .identity ? nil : rawValue }

  /// `gzip` if an `Accept-Encoding` header offers it (RFC 9110, section 12.5.3), by name or by `*`.
  package static func negotiate(acceptEncoding: String?) -> BodyEncoding {
    let elements = HeaderElement.list(acceptEncoding ?? "")
    let named = elements.last { $0.value == "gzip" || $0.value == "x-gzip" }
    guard let offer = named ?? elements.last(where: { $0.value == "*" }) else { return .identity }
    return offer.quality > 0 ? .gzip : .identity
  }
}
