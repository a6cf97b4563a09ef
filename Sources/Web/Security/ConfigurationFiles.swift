import Foundation
package import Settings

/// What the web configuration is read with; tests give their own.
package struct ConfigurationFiles: Sendable {
  package var read: FileReader
  package var stamp: @Sendable (_ path: String) -> FileStamp?
  /// Nanoseconds since the epoch.
  package var now: @Sendable () -> Int64
  /// Holds the thread, which is the one that reads files and no other, for so many nanoseconds.
  package var pause: @Sendable (Int64) -> Void

  package init(
    read: @escaping FileReader, stamp: @escaping @Sendable (String) -> FileStamp?,
    now: @escaping @Sendable () -> Int64, pause: @escaping @Sendable (Int64) -> Void
  ) {
    self.read = read
    self.stamp = stamp
    self.now = now
    self.pause = pause
  }

  /// The machine's own.
  package static let local = ConfigurationFiles(
    read: LocalFiles.read, stamp: FileStamp.read, now: { Int64(Date().timeIntervalSince1970 * 1e9) },
    pause: { Thread.sleep(forTimeInterval: Double($0) / 1e9) })
}
