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
    guard isRemote else { return try streamFile(into: sink) }
    return try await Self.withTransport { try await stream(into: sink, $0) }
  }

  /// All of the document.
  func body(_ transport: HTTPTransport) async throws -> [UInt8] {
    try isRemote ? await stream(into: WholeBody(), transport) : wholeFile()
  }

  private var isRemote: Bool { address.hasPrefix("http://") || address.hasPrefix("https://") }

  private func stream<Sink: BodySink>(into sink: Sink, _ transport: HTTPTransport) async throws -> Sink.Product {
    let (head, product) = try await transport.send(WireRequest(.get, address), limit: APIClient.csvLimit) { _ in sink }
    guard head.status == 200 else { throw UpstreamFailure(.server, "status \(head.status)") }
    return product
  }

  static func withTransport<Value>(_ body: (HTTPTransport) async throws -> Value) async throws -> Value {
    let transport = HTTPTransport()
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(transport))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    return try result.get()
  }

  private func streamFile<Sink: BodySink>(into sink: Sink) throws -> Sink.Product {
    var sink = sink
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    return try withDescriptor { descriptor in
      while true {
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw CocoaError(.fileReadUnknown) }
        if count == 0 { return try sink.finish() }
        try sink.receive(buffer.span.extracting(0..<count))
      }
    }
  }

  private func wholeFile() throws -> [UInt8] {
    try withDescriptor { descriptor in
      let size = Int(lseek(descriptor, 0, SEEK_END))
      return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = pread(descriptor, buffer.baseAddress, size, 0)
        guard count == size else { throw CocoaError(.fileReadUnknown) }
      }
    }
  }

  private func withDescriptor<Value>(_ body: (Int32) throws -> Value) throws -> Value {
    let descriptor = open(address, O_RDONLY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadNoSuchFile) }
    defer { close(descriptor) }
    return try body(descriptor)
  }
}

/// Prints how long it took, for whoever runs this program beside others.
func printSeconds(since start: ContinuousClock.Instant, bytes: Int? = nil) {
  let seconds = start.duration(to: .now) / .seconds(1)
  let size = bytes.map { "\"bytes\": \($0), " } ?? ""
  print("{\(size)\"inner_s\": \(seconds)}")
}
