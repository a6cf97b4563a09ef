import Collection
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Settings
import StatusPage
import Synchronization

/// Answers `/`. A page is made once for each status, however often it is asked for.
final class StatusRoute: Sendable {
  private let page: StatusPage
  private let reader: StatusReader
  private let latest = Mutex<(at: Date, html: ByteBuffer)?>(nil)

  init(page: StatusPage, reader: StatusReader) {
    self.page = page
    self.reader = reader
  }

  func answer() async -> Response {
    let status = await reader.current()
    var headers = Response.plainHeaders
    headers[.contentType] = "text/html; charset=utf-8"
    headers[.contentSecurityPolicy] = StatusPage.contentSecurityPolicy
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: html(of: status)))
  }

  private func html(of status: ExporterStatus) -> ByteBuffer {
    if let known = latest.withLock({ $0 }), known.at == status.at { return known.html }
    let html = ByteBuffer(string: page.html(status))
    latest.withLock { $0 = (status.at, html) }
    return html
  }
}

extension Response {
  /// Of an answer that is for people, as of now, and nobody else's business.
  fileprivate static let plainHeaders: HTTPFields = [.xContentTypeOptions: "nosniff", .cacheControl: "no-store"]

  /// The running configuration without its secrets; as text, which every browser shows.
  static func configuration(_ settings: Settings) -> Response {
    var headers = plainHeaders
    headers[.contentType] = "text/plain; charset=utf-8"
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: settings.redactedYAML())))
  }
}
