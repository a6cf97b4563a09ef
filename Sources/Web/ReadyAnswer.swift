import HTTPTypes
package import Hummingbird
package import NIOCore

/// An answer of which every byte is there.
package struct ReadyAnswer: Sendable {
  /// With the body's length.
  let head: HTTPResponse
  let body: [ByteBuffer]

  package init(headers: HTTPFields, body: [ByteBuffer]) {
    var head = HTTPResponse(status: .ok, headerFields: headers)
    head.headerFields[.contentLength] = String(body.reduce(0) { $0 + $1.readableBytes })
    self.head = head
    self.body = body
  }

  /// In pieces, so that whoever watches a slow client sees that it takes something.
  var response: Response {
    Response(status: head.status, headers: head.headerFields, body: ResponseBody(contentsOf: body.flatMap(\.pieces)))
  }
}

/// Knows some requests that need not wait for anything.
package protocol ReadyResponder: HTTPResponder {
  /// Is called on the connection's event loop, and counts the request if it is answered.
  ///
  /// - Parameter largest: the most bytes that its body may have.
  /// - Returns: nil if the request has to be responded to as any other.
  func readyAnswer(to request: HTTPRequest, largest: Int) -> ReadyAnswer?
}

extension ByteBuffer {
  /// The same bytes in slices of at most a mebibyte.
  fileprivate var pieces: [ByteBuffer] {
    var rest = self
    var pieces: [ByteBuffer] = []
    while let piece = rest.readSlice(length: min(rest.readableBytes, 1 << 20)), piece.readableBytes > 0 {
      pieces.append(piece)
    }
    return pieces
  }
}
