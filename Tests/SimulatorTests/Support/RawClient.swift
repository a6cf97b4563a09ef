import Foundation
import Simulator

/// An HTTP client that hides nothing: one request on one socket, and every byte of what came back.
enum RawClient {
  struct Response: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]
    /// Whether as many bytes came as were promised.
    let complete: Bool

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
  }

  struct Failure: Error {
    let reason: String
  }

  /// - Parameter patience: seconds without a byte after which the client gives up and hangs up.
  static func send(
    _ method: String, _ url: String, headers: [String: String] = [:], body: String = "", patience: Int = 20
  ) async throws -> Response {
    try await withCheckedThrowingContinuation { continuation in
      // A thread of its own: those of the concurrency pool must not block.
      Thread.detachNewThread {
        continuation.resume(with: Result { try exchange(method, url, headers, body, patience) })
      }
    }
  }

  private static func exchange(
    _ method: String, _ url: String, _ headers: [String: String], _ body: String, _ patience: Int
  ) throws -> Response {
    guard let parts = URLComponents(string: url), let port = parts.port else { throw Failure(reason: "URL \(url)") }
    let descriptor = try connect(UInt16(port), patience)
    defer { close(descriptor) }
    let target = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    var lines = ["\(method) \(target.isEmpty ? "/" : target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
    lines += headers.map { "\($0.key): \($0.value)" } + ["Content-Length: \(body.utf8.count)", "", body]
    let bytes = Array(lines.joined(separator: "\r\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(reason: "write") }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, received.isEmpty { throw Failure(reason: "no answer") }
      if count <= 0 { break }
      received += buffer.prefix(count)
    }
    return try parse(received)
  }

  private static func connect(_ port: UInt16, _ patience: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(reason: "socket") }
    var timeout = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      throw Failure(reason: "connect")
    }
    return descriptor
  }

  private static func parse(_ bytes: [UInt8]) throws -> Response {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Failure(reason: "no head") }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, let status = Int(words[1]) else { throw Failure(reason: lines[0]) }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if pair.count == 2 { headers[pair[0].lowercased()] = pair[1] }
    }
    let body = Array(bytes[end.upperBound...])
    let promised = headers["content-length"].flatMap { Int($0) } ?? -1
    return Response(status: status, headers: headers, body: body, complete: body.count == promised)
  }
}
