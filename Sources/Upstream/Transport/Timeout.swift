import EventLoops
import NIOCore

/// Runs `body`, for at most `duration` of real time: networks do not run faster when a test's clock does.
///
/// - Throws: ``UpstreamFailure`` `.timeout` if it takes longer; `body` is then cancelled.
func withTimeout<Result: Sendable>(
  _ duration: Duration, on loop: any EventLoop, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await loop.sleep(for: duration)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else {
      throw UpstreamFailure(.timeout, "the provider did not answer within \(duration)")
    }
    return result
  }
}
