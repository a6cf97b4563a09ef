package import NIOCore

/// Runs tasks on an event loop, so that a scrape whose answer is ready goes from the socket and back without a change of
/// threads, which would cost more than the answer.
///
/// Whatever takes time must leave it: nothing else on the loop moves meanwhile.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// The executors of a group's loops.
package struct EventLoopExecutors: Sendable {
  private let executors: [ObjectIdentifier: EventLoopExecutor]

  package init(_ group: any EventLoopGroup) {
    executors = Dictionary(
      group.makeIterator().map { (ObjectIdentifier($0), EventLoopExecutor($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// nil for a loop of another group.
  package subscript(loop: any EventLoop) -> (any TaskExecutor)? { executors[ObjectIdentifier(loop)] }
}
