import Foundation
import FoundationNetworking
import TestSupport

/// Asks servers of this machine.
enum HTTP {
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: Data

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  static func get(
    _ url: String, headers: [String: String] = [:], timeout: TimeInterval = 30, method: String = "GET",
    body: Data? = nil
  ) async throws -> Answer {
    guard let address = URL(string: url) else { throw URLError(.badURL) }
    var request = URLRequest(url: address, timeoutInterval: timeout)
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (data, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    var fields: [String: String] = [:]
    for (name, value) in response.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
    return Answer(status: response.statusCode, headers: fields, body: data)
  }

  static func scrape(_ url: String) async throws -> Scrape {
    try Scrape(try await get(url).text)
  }

  /// Asks until there is an answer that satisfies `condition`.
  ///
  /// Another process has no clock that a test could move; asking again and again with a limit is all there is.
  static func poll<Value: Sendable>(
    _ what: String, for limit: Duration = .seconds(30), every step: Duration = .milliseconds(100),
    _ body: () async throws -> Value?
  ) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if let value = try? await body() { return value }
      try await ContinuousClock().sleep(until: min(deadline, .now + step))
    }
    throw Child.Missing(description: "\(what): not within \(limit)")
  }

  /// A port that nothing listens on now.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
      }
    }
    guard result == 0 else { throw Child.Missing(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
