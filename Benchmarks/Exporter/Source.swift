import Foundation
import Upstream

/// A document that is measured: a file, or what a server sends.
struct Source {
  private let address: String

  init(_ address: String) {
    self.address = address
  }

  /// Feeds the document to a sink as it comes.
  func stream<Sink: BodySink>(into sink: Sink) async throws -> Sink.Product {
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else { return try streamFile(into: sink) }
    let transport = HTTPTransport()
    let result = await Result {
      try await transport.send(WireRequest(.get, address), limit: APIClient.csvLimit) { _ in sink }
    }
    await transport.shutdown()
    let (head, product) = try result.get()
    guard head.status == 200 else { throw UpstreamFailure(.server, "status \(head.status)") }
    return product
  }

  private func streamFile<Sink: BodySink>(into sink: Sink) throws -> Sink.Product {
    var sink = sink
    let descriptor = open(address, O_RDONLY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadNoSuchFile) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw CocoaError(.fileReadUnknown) }
      if count == 0 { return try sink.finish() }
      try sink.receive(buffer.span.extracting(0..<count))
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}

/// Prints how long it took, for whoever runs this program beside others.
func printSeconds(since start: ContinuousClock.Instant, bytes: Int? = nil) {
  let seconds = start.duration(to: .now) / .seconds(1)
  let size = bytes.map { "\"bytes\": \($0), " } ?? ""
  print("{\(size)\"inner_s\": \(seconds)}")
}
