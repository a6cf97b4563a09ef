import Settings
import Synchronization

/// Stamps each file before it is read.
final class StampedReader: Sendable {
  private let files: ConfigurationFiles
  private let noted = Mutex<[String: FileStamp?]>([:])

  init(_ files: ConfigurationFiles) {
    self.files = files
  }

  var stamps: [String: FileStamp?] { noted.withLock { $0 } }

  @Sendable func read(_ path: String, _ limit: Int) throws(FileReadError) -> [UInt8] {
    let stamp = files.stamp(path)
    noted.withLock { $0[path] = .some(stamp) }
    return try files.read(path, limit)
  }
}
