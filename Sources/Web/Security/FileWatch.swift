package import Settings

/// Decides from stamps whether files must be read again.
package struct FileWatch: Sendable {
  /// Nanoseconds for which a file must have been left alone before it is read again: who writes it may not be done. File
  /// systems also stamp by a clock that ticks every few milliseconds, so that of two writes within one tick the second
  /// leaves no trace: what is younger than this when it is read all the same is read once more.
  static let settling: Int64 = 50_000_000

  /// By path; the value is nil for a file that is not there.
  private var stamps: [String: FileStamp?] = [:]
  private var isSettled = true

  package init() {}

  package var paths: [String] { stamps.keys.sorted() }

  /// Whether the files are to be read again.
  ///
  /// - Parameters:
  ///   - current: the stamps of ``paths``, in order.
  ///   - now: nanoseconds since the epoch.
  package func isStale(_ current: [FileStamp?], at now: Int64) -> Bool {
    (!isSettled || differs(current)) && current.allSatisfy { Self.isSettled($0, at: now) }
  }

  /// Whether a stamp itself has changed.
  package func differs(_ current: [FileStamp?]) -> Bool {
    zip(paths, current).contains { path, stamp in stamps[path] != .some(stamp) }
  }

  /// Notes what is about to be read.
  ///
  /// - Parameters:
  ///   - stamps: by path, taken before the reading.
  ///   - now: nanoseconds since the epoch.
  package mutating func note(_ stamps: [String: FileStamp?], at now: Int64) {
    self.stamps = stamps
    isSettled = stamps.values.allSatisfy { Self.isSettled($0, at: now) }
  }

  /// A stamp from the future, as of a clock that was set back, says nothing of when the file was written.
  private static func isSettled(_ stamp: FileStamp?, at now: Int64) -> Bool {
    guard let stamp else { return true }
    return !(0...settling).contains(now - max(stamp.modified, stamp.changed))
  }
}
