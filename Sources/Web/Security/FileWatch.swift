package import Settings

/// Decides from stamps whether files must be read again.
package struct FileWatch: Sendable {
  /// Nanoseconds. File systems stamp by a clock that ticks every few milliseconds, so that of two writes within one tick
  /// the second leaves no trace: what is younger than this at its reading is read once more.
  static let settling: Int64 = 50_000_000

  /// By path; the value is nil for a file that is not there.
  private var stamps: [String: FileStamp?] = [:]
  private var isSettled = true
  /// When these stamps were seen first, in nanoseconds since the epoch.
  private var since: Int64 = 0

  package init() {}

  package var paths: [String] { stamps.keys.sorted() }

  /// - Parameter current: the stamps of ``paths``, in order.
  package func isStale(_ current: [FileStamp?]) -> Bool { !isSettled || differs(current) }

  /// Whether a stamp itself has changed.
  package func differs(_ current: [FileStamp?]) -> Bool {
    zip(paths, current).contains { path, stamp in stamps[path] != .some(stamp) }
  }

  /// Whether the other one has noted the same.
  package func agrees(with other: FileWatch) -> Bool { stamps == other.stamps }

  /// Notes what is about to be read.
  ///
  /// - Parameters:
  ///   - stamps: by path, taken before the reading.
  ///   - now: nanoseconds since the epoch.
  package mutating func note(_ stamps: [String: FileStamp?], at now: Int64) {
    if stamps != self.stamps { since = now }
    self.stamps = stamps
    isSettled = age(at: now) > Self.settling
  }

  /// For how long at least every file has been what it is, in nanoseconds.
  ///
  /// It is the inode's time that tells: the modification time is anybody's to set. One in the future, as after a clock was
  /// set back or from another machine's, says nothing; then it is since when we know of it that counts.
  package func age(at now: Int64) -> Int64 {
    stamps.values.compactMap(\.self).reduce(.max) { youngest, stamp in
      let age = now - stamp.changed
      return min(youngest, age >= 0 ? age : abs(now - since))
    }
  }
}
