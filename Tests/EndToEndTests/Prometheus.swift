import Foundation
import Loopback

/// Debian's Prometheus, scraping one exporter.
struct Prometheus: Sendable {
  let child: Child
  let url: String

  static func start(scraping target: String, every interval: String, in scratch: Scratch) async throws -> Prometheus {
    try await start(
      configuration: """
        global: { scrape_interval: \(interval), scrape_timeout: \(interval) }
        scrape_configs:
          - job_name: agent-usage
            static_configs: [{ targets: ["\(target.replacingOccurrences(of: "http://", with: ""))"] }]
        """, tsdb: "\(scratch.path)/tsdb", in: scratch)
  }

  /// - Parameter tsdb: where its blocks are.
  static func start(
    configuration: String, options: [String] = [], tsdb: String, in scratch: Scratch
  ) async throws -> Prometheus {
    let port = try FreePort.find()
    let file = try scratch.write("prometheus-\(port).yml", configuration)
    let child = try Child(
      try Child.find("prometheus"),
      [
        "--config.file=\(file)", "--storage.tsdb.path=\(tsdb)", "--storage.tsdb.retention.time=1y",
        "--web.listen-address=127.0.0.1:\(port)", "--log.level=warn",
      ] + options, in: scratch.path)
    let url = "http://127.0.0.1:\(port)"
    _ = try await HTTP.poll("Prometheus is ready") {
      try await HTTP.get(url + "/-/ready", timeout: 2).status == 200 ? true : nil
    }
    return Prometheus(child: child, url: url)
  }

  struct Sample: Sendable {
    let labels: [String: String]
    let value: Double
  }

  /// An instant query.
  func query(_ expression: String) async throws -> [Sample] {
    let encoded = expression.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let answer = try await HTTP.get(url + "/api/v1/query?query=\(encoded)")
    struct Response: Decodable {
      struct Payload: Decodable { let result: [Vector] }
      struct Vector: Decodable {
        let metric: [String: String]
        let value: [Scalar]
      }
      enum Scalar: Decodable {
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if let number = try? container.decode(Double.self) {
            self = .number(number)
          } else {
            self = .text(try container.decode(String.self))
          }
        }

        var double: Double? {
          switch self {
          case .number(let number): number
          case .text(let text): Double(text)
          }
        }
      }
      let data: Payload
    }
    let response = try JSONDecoder().decode(Response.self, from: answer.body)
    return response.data.result.map { Sample(labels: $0.metric, value: $0.value.last?.double ?? .nan) }
  }
}
