import Foundation
import FoundationNetworking

/// A Prometheus over a folder of blocks, scraping nothing.
struct Prometheus: Sendable {
  let url: String
  private let child: Child

  /// Starts it and waits until it answers.
  ///
  /// - Parameter lookBack: seconds for which a sample is seen by an instant selector.
  static func start(in folder: String, lookBack: Int) async throws -> Prometheus {
    try "global: {}\n".write(toFile: folder + "/prometheus.yml", atomically: true, encoding: .utf8)
    let port = try freePort()
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

  /// A port that nothing listens on now.
  private static func freePort() throws -> Int {
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
    guard result == 0 else { throw EvaluationError("no free port on the loopback interface") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
