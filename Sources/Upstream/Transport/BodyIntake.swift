import AsyncHTTPClient
import NIOCore

/// A sink that is fed by the thread that reads a body, or beside it.
///
/// The first chunks are taken in where they were read: of most answers there are no others, and to hand them to another
/// thread would cost more than the work. The rest of a long answer is taken in beside it, a batch while the next one is
/// read: that is faster, and leaves the thread to those who scrape.
actor BodyIntake<Sink: BodySink> {
  private var sink: Sink

  private init(_ sink: consuming Sink) {
    self.sink = sink
  }

  /// Takes in all of a body, its beginning on the executor of the caller.
  ///
  /// - Parameter limit: the most bytes of it.
  /// - Throws: ``UpstreamFailure`` `.tooLarge`, what the sink throws, or what the client throws.
  static func fill(_ sink: Sink, with body: HTTPClientResponse.Body, limit: Int) async throws -> BodyIntake {
    var sink = sink
    var chunks = BodyChunks(body, limit: limit)
    while chunks.received < BodyChunks.shortBytes {
      guard let chunk = try await chunks.next() else { return BodyIntake(sink) }
      try sink.receive(chunk.readableBytesUInt8Span)
    }
    let intake = BodyIntake(sink)
    try await intake.fill(from: &chunks)
    return intake
  }

  func finish() throws(UpstreamFailure) -> Sink.Product { try sink.finish() }

  private nonisolated func fill(from chunks: inout BodyChunks) async throws {
    let (batches, queue) = AsyncStream.makeStream(of: [ByteBuffer].self)
    let (taken, taking) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: globalConcurrentExecutor) {
        defer { taking.finish() }
        for await batch in batches {
          taking.yield()
          try await self.receive(batch)
        }
      }
      let outcome = await chunks.feed(queue, waitingFor: taken)
      queue.finish()
      // What the sink says of the bytes comes before what became of those behind them.
      try await group.waitForAll()
      try outcome.get()
      // Streams end when their task is cancelled, which must not pass for the end of the body.
      try Task.checkCancellation()
    }
  }

  private func receive(_ batch: [ByteBuffer]) throws(UpstreamFailure) {
    for chunk in batch { try sink.receive(chunk.readableBytesUInt8Span) }
  }
}

/// The chunks of a body as they come, up to a limit.
private struct BodyChunks {
  /// What is longer is read and taken in at the same time.
  static let shortBytes = 1 << 20
  /// What a batch has at least, but for the last: so much that a change of threads is nothing beside it.
  private static let batchBytes = 1 << 20

  private var chunks: HTTPClientResponse.Body.AsyncIterator
  private let limit: Int
  private(set) var received = 0

  init(_ body: HTTPClientResponse.Body, limit: Int) {
    chunks = body.makeAsyncIterator()
    self.limit = limit
  }

  mutating func next() async throws -> ByteBuffer? {
    guard let chunk = try await chunks.next(isolation: #isolation) else { return nil }
    received += chunk.readableBytes
    if received > limit {
      throw UpstreamFailure(.tooLarge, "the answer is larger than \(limit >> 20) MiB")
    }
    return chunk
  }

  /// Reads one batch while the one before is taken in, until there are no more chunks or nobody takes them.
  mutating func feed(
    _ queue: AsyncStream<[ByteBuffer]>.Continuation, waitingFor taken: AsyncStream<Void>
  ) async -> Result<Void, any Error> {
    var taken = taken.makeAsyncIterator()
    do {
      while case let batch = try await batch(), !batch.isEmpty {
        queue.yield(batch)
        guard await taken.next(isolation: #isolation) != nil else { break }
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private mutating func batch() async throws -> [ByteBuffer] {
    var batch: [ByteBuffer] = []
    let start = received
    while received - start < Self.batchBytes, let chunk = try await next() { batch.append(chunk) }
    return batch
  }
}
