package import NIOCore

/// Runs tasks on an event loop, so that what comes from a socket is answered or taken in without a change of threads,
/// which would cost more than the work.
///
/// Whatever takes time must leave it: nothing else on the loop moves meanwhile.
package final class EventLoopExecutor: TaskExecutor {
  package let loop: any EventLoop

  package init(_ loop: any EventLoop) {
    self.loop = loop
  }

  package func enqueue(_ job: consuming ExecutorJob) {
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
