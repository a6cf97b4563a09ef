import Logging
import Settings
import Synchronization
import Web

/// Files in memory, whose stamps change with each writing.
final class FakeFiles: Sendable {
  private struct State {
    var texts: [String: String] = [:]
    var writings: [String: Int64] = [:]
    var clock: Int64 = 0
    var reads = 0
  }

  private let state = Mutex(State())

  /// How often any was read.
  var reads: Int { state.withLock { $0.reads } }

  func write(_ path: String, _ text: String?) {
    state.withLock { state in
      state.clock += 1_000_000_000
      state.texts[path] = text
      state.writings[path] = state.clock
    }
  }

  var configuration: ConfigurationFiles {
    ConfigurationFiles(
      read: { (path, _) throws(FileReadError) in
        guard
          let text = self.state.withLock({ state in
            state.reads += 1
            return state.texts[path]
          })
        else { throw .notFound }
        return Array(text.utf8)
      },
      stamp: { path in
        self.state.withLock { state in
          guard let text = state.texts[path], let written = state.writings[path] else { return nil }
          return FileStamp(
            device: 1, inode: 1, size: Int64(text.utf8.count), modified: written, changed: written)
        }
      },
      // Long after every writing.
      now: { self.state.withLock { $0.clock } + 1_000_000_000 })
  }
}

/// What was logged, as `level message`.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }

  var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

  private struct Handler: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
  }
}
