import Foundation
import FoundationNetworking
import Loopback

/// A Prometheus over a folder of blocks, scraping nothing.
struct Prometheus: Sendable {
  let url: String
  private let child: Child

  /// Starts it and waits until it answers.
  ///
  /// - Parameter lookBack: seconds for which a sample is seen by an instant selector.
  static func start(in folder: String, lookBack: Int) async throws -> Prometheus {
    try "global: {}\n".write(toFile: folder + "/prometheus.yml", atomically: true, encoding: .utf8)
    let port = try FreePort.find()
    let child = try Child(
      "prometheus",
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--storage.tsdb.retention.time=100y",
        "--web.listen-address=127.0.0.1:\(port)", "--log.level=warn", "--query.max-samples=400000000",
        "--query.timeout=60m", "--query.lookback-delta=\(lookBack)s",
      ], in: folder)
    let prometheus = Prometheus(url: "http://127.0.0.1:\(port)", child: child)
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if child.hasEnded { throw EvaluationError("prometheus ended at once: \(child.log)") }
      if let answer = try? await prometheus.get("/-/ready"), answer.status == 200 { return prometheus }
      try await ContinuousClock().sleep(for: .milliseconds(50))
    }
    throw EvaluationError("prometheus was not ready within a minute: \(child.log)")
  }

  func stop() async {
    child.signal(SIGTERM)
    await child.wait()
  }

  private func get(_ path: String) async throws -> (status: Int, body: Data) {
    guard let address = URL(string: url + path) else { throw URLError(.badURL) }
    return try await Self.answer(to: URLRequest(url: address, timeoutInterval: 5))
  }

  /// - Parameter form: sent as a form, because expressions are long.
  func post(_ path: String, _ form: [String: String]) async throws -> Data {
    guard let address = URL(string: url + path) else { throw URLError(.badURL) }
    var request = URLRequest(url: address, timeoutInterval: 3600)
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    let pairs = form.map { key, value in
      "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    request.httpBody = Data(pairs.joined(separator: "&").utf8)
    let (status, body) = try await Self.answer(to: request)
    guard status == 200 else {
      throw EvaluationError("prometheus answered \(status): \(String(decoding: body.prefix(500), as: UTF8.self))")
    }
    return body
  }

  private static func answer(to request: URLRequest) async throws -> (status: Int, body: Data) {
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (body, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    return (response.statusCode, body)
  }
}
