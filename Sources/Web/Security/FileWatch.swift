package import Settings

/// Decides from stamps whether files must be read again.
package struct FileWatch: Sendable {
  /// Nanoseconds. File systems stamp by a clock that ticks every few milliseconds, so that of two writes within one tick
  /// the second leaves no trace: what is younger than this at its reading is read once more.
  static let settling: Int64 = 50_000_000

  /// By path; the value is nil for a file that is not there.
  private var stamps: [String: FileStamp?] = [:]
  private var isSettled = true

  package init() {}

  package var paths: [String] { stamps.keys.sorted() }

  /// - Parameter current: the stamps of ``paths``, in order.
  package func isStale(_ current: [FileStamp?]) -> Bool { !isSettled || differs(current) }

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
    isSettled = stamps.values.allSatisfy { stamp in
      guard let stamp else { return true }
      return now - max(stamp.modified, stamp.changed) > Self.settling
    }
  }
}
