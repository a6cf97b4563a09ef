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

  var response: Response {
    Response(status: head.status, headers: head.headerFields, body: ResponseBody(contentsOf: body))
  }
}

/// Knows some requests that need not wait for anything.
package protocol ReadyResponder: HTTPResponder {
  /// Is called on the connection's event loop, and counts the request if it is answered.
  ///
  /// - Returns: nil if the request has to be responded to as any other.
  func readyAnswer(to request: HTTPRequest) -> ReadyAnswer?
}
