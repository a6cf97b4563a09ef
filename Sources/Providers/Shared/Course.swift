import Upstream
import Usage

/// The way through the parts of a demand, newest day first, and past one that cannot be read: an export that always fails,
/// or takes too long, must keep neither today nor the days before it from being read.
///
/// A failure of the first part is not passed by, nor is the second in a row: they are the provider's, and it is left alone.
struct Course {
  private let today: Day
  private var wasAnswered = false
  /// Of a part that is not a day that is over.
  private var failure: UpstreamFailure?
  private var gap: DaysUnread?

  init(_ demand: Demand) {
    today = demand.today
  }

  /// Reads one part.
  ///
  /// - Throws: what `read` throws, if what comes after is not to be tried.
  mutating func read(_ span: DaySpan, _ read: () async throws -> Void) async throws {
    do {
      try await read()
      wasAnswered = true
    } catch let failed as UpstreamFailure where wasAnswered && failed.mayBeOfOneAnswer && !Task.isCancelled {
      wasAnswered = false
      if span.last < today {
        gap = DaysUnread(days: span.days + (gap?.days ?? []), failure: gap?.failure ?? failed)
      } else {
        failure = failure ?? failed
      }
    }
  }

  /// - Throws: ``UpstreamFailure``, or ``DaysUnread`` if nothing but days that are over is missing.
  func end() throws {
    if let failure { throw failure }
    if let gap { throw gap }
  }
}
