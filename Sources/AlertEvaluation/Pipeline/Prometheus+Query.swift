import Foundation

extension Prometheus {
  /// When one series has samples, in seconds, rounded up: promtool evaluates rules at fractions of a second.
  struct Series: Decodable, Sendable {
    let metric: [String: String]
    let times: [Int]

    private enum CodingKeys: CodingKey { case metric, values }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      metric = try container.decode([String: String].self, forKey: .metric)
      var values = try container.nestedUnkeyedContainer(forKey: .values)
      var times: [Int] = []
      while !values.isAtEnd {
        var sample = try values.nestedUnkeyedContainer()
        times.append(Int(try sample.decode(Double.self).rounded(.up)))
      }
      self.times = times
    }
  }

  private struct Response: Decodable {
    struct Payload: Decodable { let result: [Series] }
    let data: Payload
  }

  /// When an expression has a value, at every `step` seconds from the range's start.
  func query(_ expression: String, over range: Range<Int>, step: Int) async throws -> [Series] {
    let body = try await post(
      "/api/v1/query_range",
      ["query": expression, "start": "\(range.lowerBound)", "end": "\(range.upperBound)", "step": "\(step)"])
    return try JSONDecoder().decode(Response.self, from: body).data.result
  }

  /// When the last sample of a recorded series before `time` was taken; nil if there is none within `window` seconds.
  func lastSample(of metric: String, before time: Int, window: Int) async throws -> Int? {
    let body = try await post("/api/v1/query", ["query": "\(metric)[\(window)s]", "time": "\(time)"])
    return try JSONDecoder().decode(Response.self, from: body).data.result.compactMap(\.times.last).max()
  }
}
