package import Logging
import NIOCore
import NIOPosix
package import Settings
import Synchronization

/// The web configuration in force. Its files are looked at before every connection and request, and read again when one
/// of them has changed; a file that is refused leaves the last good configuration in force.
package final class WebSecurity: Sendable {
  private struct State {
    var snapshot: WebSnapshot
    var watch: FileWatch
    /// What was last said of a refused file.
    var refusal: SettingsError?
  }

  private let path: String
  private let files: ConfigurationFiles
  private let logger: Logger
  private let state: Mutex<State>
  /// One thread, so that files are read by one at a time and never on an event loop.
  private let thread = NIOThreadPool(numberOfThreads: 1)

  /// What the file at the start is allowed to hold but should not.
  package let warnings: [Diagnostic]

  /// Reads the file at `path` and all that it names.
  ///
  /// - Throws: every fault.
  package init(path: String, logger: Logger, files: ConfigurationFiles = .local) throws(SettingsError) {
    self.path = path
    self.files = files
    self.logger = logger
    let first = Self.read(path, files)
    let loaded = try first.result.get()
    warnings = loaded.warnings
    state = Mutex(State(snapshot: loaded.snapshot, watch: first.watch))
    thread.start()
  }

  /// Whether new connections are encrypted now.
  package var usesTLS: Bool { state.withLock { $0.snapshot.tls != nil } }

  /// Reads everything again at once.
  ///
  /// - Throws: every fault; the previous configuration stays in force then.
  package func reload() async throws(SettingsError) {
    let outcome = await onThread { self.refresh(always: true) }
    if let fault = outcome ?? nil { throw fault }
  }

  /// The configuration as the files are now.
  func current() async -> WebSnapshot {
    _ = await onThread { self.refresh(always: false) }
    return state.withLock { $0.snapshot }
  }

  /// The configuration as the files are now.
  func current(on eventLoop: any EventLoop) -> EventLoopFuture<WebSnapshot> {
    thread.runIfActive(eventLoop: eventLoop) {
      _ = self.refresh(always: false)
      return self.state.withLock { $0.snapshot }
    }
  }

  /// - Returns: nil if the task was cancelled meanwhile.
  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
    try? await thread.runIfActive(body)
  }

  /// - Returns: why the files were refused, if they were read and refused.
  private func refresh(always: Bool) -> SettingsError? {
    let (watch, protection) = state.withLock { ($0.watch, $0.snapshot.protection) }
    let stamps = watch.paths.map(files.stamp)
    guard always || watch.isStale(stamps) else { return nil }
    // Whoever demands it says that the files are whole.
    guard
      let reading = always
        ? Self.read(path, files, after: watch)
        : Self.readCalmly(path, files, after: watch, keeping: protection)
    else {
      logger.debug("web configuration is being written; the previous one stays in force")
      return nil
    }
    switch reading.result {
    case .success(let loaded):
      state.withLock { state in
        state.snapshot = loaded.snapshot
        state.watch = reading.watch
        state.refusal = nil
      }
      let isNews = always || watch.differs(stamps)
      logger.log(level: isNews ? .info : .debug, "web configuration read again", metadata: ["file": "\(path)"])
      return nil
    case .failure(let fault):
      let isNews = state.withLock { state in
        state.watch = reading.watch
        defer { state.refusal = fault }
        return state.refusal != fault
      }
      if isNews {
        let faults = fault.diagnostics.map(\.description).joined(separator: "; ")
        logger.error(
          "web configuration refused; the previous one stays in force", metadata: ["faults": "\(faults)"])
      }
      return fault
    }
  }
}
