import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Usage

/// What every vendor's port does with a request: log it, spoil it as asked, have it answered, and write the answer.
struct FrontDoor: Sendable {
  let vendor: any VendorInterface
  let clock: any WallClock
  let faults: Faults
  let log: RequestLog
  /// A URL on another host, for redirects.
  let elsewhere: @Sendable () -> String

  func respond(to request: Request) async throws -> Response {
    var request = request
    let body = try await request.collectBody(upTo: 1 << 20)
    let wire = read(request, body)
    let number = log.begin(entry(wire, request))
    do {
      let response = try await answer(wire, request)
      log.finish(number, service: vendor.service, status: response.status.code)
      return response
    } catch {
      log.finish(number, service: vendor.service, status: nil)
      throw error
    }
  }

  private func read(_ request: Request, _ body: ByteBuffer) -> WireRequest {
    let path = request.uri.path.removingPercentEncoding ?? request.uri.path
    let dedicated = "/api/public/"
    return WireRequest(
      method: request.method.rawValue,
      path: path.hasPrefix(dedicated) ? String(path.dropFirst(dedicated.count - 1)) : path,
      query: request.uri.queryParameters.map { (String($0.key), String($0.value)) },
      authorization: request.headers[.authorization],
      origin: request.headers[.origin],
      subAccount: HTTPField.Name("X-Sub-Account-Id").flatMap { request.headers[$0] },
      workspaceID: HTTPField.Name("x-workspace-id").flatMap { request.headers[$0] },
      body: Array(body.readableBytesView),
      now: clock.now())
  }

  private func entry(_ wire: WireRequest, _ request: Request) -> RequestLog.Entry {
    RequestLog.Entry(
      service: vendor.service, method: wire.method, path: wire.path, query: request.uri.query ?? "",
      time: wire.now, hadAuthorization: wire.authorization != nil, subAccount: wire.subAccount,
      workspaceID: wire.workspaceID,
      userAgent: request.headers[.userAgent], acceptEncoding: request.headers[.acceptEncoding],
      body: String(decoding: wire.body, as: UTF8.self))
  }

  private func answer(_ wire: WireRequest, _ request: Request) async throws -> Response {
    let faults = faults.take(vendor.service, wire.path, wire.query)
    for fault in faults { try await wait(fault, request) }
    let replacement = faults.lazy.compactMap { self.replacement(for: $0, wire) }.first
    // A request that had to wait is answered as of the end of its wait.
    var answered = wire
    answered.now = clock.now()
    var answer = replacement ?? vendor.answer(answered, faults: faults.filter(\.spoilsRows))
    var promised = 0
    for fault in faults { promised += cut(&answer, fault) }
    return response(answer, promising: promised)
  }

  private func wait(_ fault: Fault, _ request: Request) async throws {
    switch fault {
    case .delay(let seconds, .real): try await Task.sleep(for: .seconds(seconds))
    case .delay(let seconds, .injected): try await clock.sleep(until: clock.now().addingTimeInterval(seconds))
    case .hang:
      let ticket = faults.newTicket()
      let released = try await request.body.consumeWithInboundCloseHandler { _ in
        await faults.hang(ticket)
      } onInboundClosed: {
        faults.abandon(ticket)
      }
      guard released else { throw CancellationError() }
    default: break
    }
  }

  private func replacement(for fault: Fault, _ wire: WireRequest) -> WireAnswer? {
    switch fault {
    case .status(let status, let body, let contentType): return .text(status, contentType, body)
    case .unauthorized: return vendor.error(.unauthorized, at: wire.now)
    case .rateLimited(let retryAfter): return refusal(.rateLimited, retryAfter)
    case .unavailable(let retryAfter): return refusal(.unavailable, retryAfter)
    case .html(let status):
      return .text(
        status, "text/html; charset=utf-8",
        "<!DOCTYPE html>\n<html><head><title>Just a moment</title></head><body><h1>Bad gateway</h1></body></html>\n")
    case .garbage: return .text(200, "application/json", "{\"success\": tru\u{0}, \"data\": [}{\"id\":: 1,,]")
    case .redirect(let target): return redirect(to: target ?? elsewhere())
    case .redirectLoop: return redirect(to: wire.path)
    default: return nil
    }
  }

  private func redirect(to target: String) -> WireAnswer {
    var answer = WireAnswer.text(307, "text/plain", "")
    answer.headers = [("Location", target)]
    return answer
  }

  private func refusal(_ kind: VendorError, _ retryAfter: Fault.RetryAfter) -> WireAnswer {
    var answer = vendor.error(kind, retryAfter: retryAfter.inBody, at: clock.now())
    switch retryAfter {
    case .none, .bodySeconds: break
    case .seconds(let seconds), .headerSeconds(let seconds): answer.headers.append(("Retry-After", String(seconds)))
    case .date(let seconds):
      answer.headers.append(("Retry-After", Stamp.http(clock.now().addingTimeInterval(seconds))))
    }
    return answer
  }

  /// - Returns: how many bytes are promised that never come.
  private func cut(_ answer: inout WireAnswer, _ fault: Fault) -> Int {
    func keep(_ share: Double) -> Int {
      answer.collect()
      let kept = Int(Double(answer.body.count) * min(max(share, 0), 1))
      defer { answer.body = Array(answer.body.prefix(kept)) }
      return answer.body.count - kept
    }
    switch fault {
    case .connectionCut(let share): return max(1, keep(share))
    case .bodyCut(let share): _ = keep(share)
    case .gzip:
      answer.collect()
      answer.body = Gzip.stored(answer.body)
      answer.headers.append(("Content-Encoding", "gzip"))
    case .gzipBomb(let size):
      answer.collect()
      answer.body = Gzip.bomb(size)
      answer.headers.append(("Content-Encoding", "gzip"))
    default: break
    }
    return 0
  }

  private func response(_ answer: WireAnswer, promising missing: Int) -> Response {
    var headers: HTTPFields = [.contentType: answer.contentType]
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
    }
    let (bytes, pieces) = (answer.body, answer.pieces)
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: ResponseBody(contentLength: pieces == nil ? bytes.count + missing : nil) { writer in
        // In pieces, as large answers come.
        for start in stride(from: 0, to: bytes.count, by: 16_384) {
          try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + 16_384, bytes.count)]))
        }
        guard missing == 0 else { throw ConnectionCut() }
        var index = 0
        while let piece = pieces?(index) {
          if !piece.isEmpty { try await writer.write(ByteBuffer(bytes: piece)) }
          index += 1
        }
        try await writer.finish(nil)
      })
  }
}

/// Ends a connection in the middle of a body.
private struct ConnectionCut: Error {}
