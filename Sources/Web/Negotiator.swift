import Exposition
import HTTPTypes
import Synchronization

/// In which form a body is served.
struct BodyVariant: Hashable, Sendable {
  let format: ExpositionFormat
  let encoding: BodyEncoding
}

/// Negotiates what a scrape is answered with. A Prometheus asks with the same long headers each time, so that what they
/// mean is kept.
final class Negotiator: Sendable {
  struct Answer: Sendable {
    let variant: BodyVariant
    let headers: HTTPFields
  }

  private struct Asked: Hashable {
    let accept: String?
    let acceptEncoding: String?
  }

  /// More than there are kinds of clients; whoever sends other headers each time gains nothing by it.
  private static let capacity = 32

  private let known = Mutex<[Asked: Answer]>([:])

  func negotiate(_ headers: HTTPFields) -> Answer {
    let asked = Asked(accept: headers[.accept], acceptEncoding: headers[.acceptEncoding])
    if let answer = known.withLock({ $0[asked] }) { return answer }
    let (format, contentType) = ExpositionFormat.negotiate(accept: asked.accept)
    let encoding = BodyEncoding.negotiate(acceptEncoding: asked.acceptEncoding)
    let answer = Answer(
      variant: BodyVariant(format: format, encoding: encoding), headers: Self.headers(contentType, encoding))
    known.withLock { known in
      if known.count >= Self.capacity { known.removeAll() }
      known[asked] = answer
    }
    return answer
  }

  private static func headers(_ contentType: String, _ encoding: BodyEncoding) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: contentType, .vary: "Accept, Accept-Encoding", .cacheControl: "no-store",
    ]
    if let name = encoding.contentEncoding { headers[.contentEncoding] = name }
    return headers
  }
}
