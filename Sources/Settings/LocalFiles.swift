import Foundation

/// Reads a file of at most `limit` bytes.
package typealias FileReader = @Sendable (_ path: String, _ limit: Int) throws(FileReadError) -> [UInt8]

/// Why a file could not be read. Does not hold its path.
package enum FileReadError: Error, Sendable, Equatable, CustomStringConvertible {
  case notFound
  case notPermitted
  case isDirectory
  case tooLarge(limit: Int)
  /// - Parameter code: an `errno`.
  case failed(code: Int32)

  init(code: Int32) {
    self =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .notPermitted
      case EISDIR: .isDirectory
      default: .failed(code: code)
      }
  }

  package var description: String {
    switch self {
    case .notFound: "no such file"
    case .notPermitted: "permission denied"
    case .isDirectory: "it is a directory"
    case .tooLarge(let limit): "it is larger than \(limit / 1024) KiB"
    case .failed(let code): String(cString: strerror(code)).lowercased()
    }
  }
}

/// The machine's own files.
package enum LocalFiles {
  /// Reads until the end, so that pipes such as a shell's `<(…)` work; the limit guards against `/dev/zero`.
  package static func read(_ path: String, limit: Int) throws(FileReadError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadError(code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw FileReadError(code: code)
      }
      bytes += chunk[..<count]
      if bytes.count > limit { throw .tooLarge(limit: limit) }
    }
  }
}
