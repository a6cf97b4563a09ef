import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Labels and values of one series of an answer.
package struct QueriedSeries: Sendable, Equatable {
  package struct Sample: Sendable, Equatable {
    /// Seconds since 1970.
    package let time: Double
    package let value: Double

    package init(time: Double, value: Double) {
      self.time = time
      self.value = value
    }
  }

  package let labels: [String: String]
  package let samples: [Sample]

  package init(labels: [String: String], samples: [Sample]) {
    self.labels = labels
    self.samples = samples
  }
}

/// What a data source asks a Prometheus; a warning is a fault as well.
package struct PrometheusAPI: Sendable {
  /// Without a slash at its end.
  package let url: String

  package init(url: String) { self.url = url }

  /// - Throws: ``ExecutionFault`` with Prometheus' own words and the query.
  package func answer(_ query: PreparedQuery) async throws(ExecutionFault) -> [QueriedSeries] {
    if query.isInstant { return try await self.query(query.expression, at: query.span.end) }
    let form = [
      "query": query.expression, "start": "\(query.span.start)", "end": "\(query.span.end)", "step": "\(query.step)",
    ]
    return try await series("query_range", form)
  }

  package func query(_ expression: String, at time: Double) async throws(ExecutionFault) -> [QueriedSeries] {
    try await series("query", ["query": expression, "time": "\(time)"])
  }

  package func labelValues(
    _ label: String, of selector: String?, over span: TimeSpan
  ) async throws(ExecutionFault) -> [String] {
    var form = ["start": "\(span.start)", "end": "\(span.end)"]
    form["match[]"] = selector
    let answer: Envelope<[String]> = try await get("label/\(label)/values", form, method: "GET")
    return answer.data ?? []
  }

  private func series(_ path: String, _ form: [String: String]) async throws(ExecutionFault) -> [QueriedSeries] {
    let answer: Envelope<Payload> = try await get(path, form, method: "POST")
    return answer.data?.result.map(\.series) ?? []
  }

  private func get<Value: Decodable>(
    _ path: String, _ form: [String: String], method: String
  ) async throws(ExecutionFault) -> Envelope<Value> {
    let about = form["query"] ?? form["match[]"] ?? path
    do {
      let (data, _) = try await URLSession.shared.data(for: try request(path, form, method))
      let envelope = try JSONDecoder().decode(Envelope<Value>.self, from: data)
      if let complaint = envelope.error ?? envelope.warnings?.first {
        throw ExecutionFault("\(complaint), to the query \(about)")
      }
      return envelope
    } catch let fault as ExecutionFault {
      throw fault
    } catch {
      throw ExecutionFault("no answer of a Prometheus at \(url): \(error), to \(about)")
    }
  }

  private func request(_ path: String, _ form: [String: String], _ method: String) throws(ExecutionFault) -> URLRequest
  {
    let encoded = form.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
      .joined(separator: "&")
    let isPost = method == "POST"
    guard let address = URL(string: "\(url)/api/v1/\(path)" + (isPost ? "" : "?\(encoded)")) else {
      throw ExecutionFault("\(url) is no address")
    }
    var request = URLRequest(url: address, timeoutInterval: 60)
    request.httpMethod = method
    if isPost {
      request.httpBody = Data(encoded.utf8)
      request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    }
    return request
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

private struct Envelope<Value: Decodable>: Decodable {
  let data: Value?
  let error: String?
  let warnings: [String]?
}

private struct Payload: Decodable {
  let result: [Found]
}

/// A series of an instant query, or of one over a range.
private struct Found: Decodable {
  let series: QueriedSeries

  enum CodingKeys: String, CodingKey {
    case metric, value, values
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let pairs =
      try container.decodeIfPresent([JSON].self, forKey: .values) ?? [try container.decode(JSON.self, forKey: .value)]
    series = QueriedSeries(
      labels: try container.decode([String: String].self, forKey: .metric),
      samples: pairs.map { pair in
        let parts = pair.elements
        return .init(time: parts.first?.number ?? 0, value: parts.last?.string.flatMap(Double.init) ?? .nan)
      })
  }
}
