import Foundation
package import Settings

/// What the web configuration is read with; tests give their own.
package struct ConfigurationFiles: Sendable {
  package var read: FileReader
  package var stamp: @Sendable (_ path: String) -> FileStamp?
  /// Nanoseconds since the epoch.
  package var now: @Sendable () -> Int64

  package init(
    read: @escaping FileReader, stamp: @escaping @Sendable (String) -> FileStamp?, now: @escaping @Sendable () -> Int64
  ) {
    self.read = read
    self.stamp = stamp
    self.now = now
  }

  /// The machine's own.
  package static let local = ConfigurationFiles(
    read: LocalFiles.read, stamp: FileStamp.read, now: { Int64(Date().timeIntervalSince1970 * 1e9) })
}
