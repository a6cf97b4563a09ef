/// Takes the body of a 200 into a sink of its own, and of anything else no more than a message needs.
struct SuccessSink<Sink: BodySink>: BodySink {
  enum Product: Sendable {
    case success(Sink.Product)
    /// The body of an answer of any other status, or the first part of it.
    case refusal([UInt8])
  }

  /// Refusals are a line or two; what is longer is a web page.
  private static var refusalLimit: Int { 64 << 10 }

  private let status: Int
  private var sink: Sink?
  private var refusal: [UInt8] = []

  init(_ head: WireHead, _ make: (WireHead) -> Sink) {
    status = head.status
    // The other successes are answers without a body, or without all of it.
    sink = head.status == 200 ? make(head) : nil
  }

  mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure) {
    guard sink != nil else {
      for index in chunk.indices.prefix(Self.refusalLimit - refusal.count) { refusal.append(chunk[index]) }
      return
    }
    do {
      try sink?.receive(chunk)
    } catch {
      throw error.answered(status)
    }
  }

  mutating func finish() throws(UpstreamFailure) -> Product {
    do {
      guard let product = try sink?.finish() else { return .refusal(refusal) }
      return .success(product)
    } catch {
      throw error.answered(status)
    }
  }
}

extension UpstreamFailure {
  /// The failure of an answer that came with a status all the same.
  fileprivate func answered(_ status: Int) -> UpstreamFailure {
    var failure = self
    failure.status = failure.status ?? status
    return failure
  }
}
