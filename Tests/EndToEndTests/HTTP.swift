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
}
