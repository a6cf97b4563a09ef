package import Usage

/// Where a provider's key comes from.
package enum SecretSource: Sendable, Equatable {
  case literal(Secret)
  /// Read again at a reload and after a 401, so that a rotated key needs no restart.
  case file(path: String)

  /// The key as it is now.
  package func read() throws(SecretError) -> Secret {
    try read(using: LocalFiles.read)
  }

  /// The key as it is now, with files read by `readFile`.
  package func read(using readFile: FileReader) throws(SecretError) -> Secret {
    switch self {
    case .literal(let secret): return secret
    case .file(let path):
      let bytes: [UInt8]
      do {
        bytes = try readFile(path, SecretSource.sizeLimit)
      } catch {
        throw .unreadable(error)
      }
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .notAKey }
      return try SecretSource.secret(in: text)
    }
  }

  /// Bytes; a key is far shorter, and a wrong path may name something endless.
  static let sizeLimit = 64 * 1024

  /// `text` without the newline that editors and `echo` put at the end of a file.
  ///
  /// A key travels in an HTTP header, so anything but printable ASCII can only be a mistake.
  static func secret(in text: String) throws(SecretError) -> Secret {
    var scalars = text.unicodeScalars[...]
    while scalars.last == "\n" || scalars.last == "\r" { scalars.removeLast() }
    guard !scalars.isEmpty else { throw .empty }
    guard scalars.allSatisfy({ ("!"..."~").contains($0) }) else { throw .notAKey }
    return Secret(String(scalars))
  }
}

/// Why there is no key. Says neither the key nor the path, which may itself be a key put in the wrong place.
package enum SecretError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable(FileReadError)
  case empty
  /// More than one line, or characters that no key holds.
  case notAKey

  package var description: String {
    switch self {
    case .unreadable(let reason): "the file with the key cannot be read (\(reason))"
    case .empty: "the key is empty"
    case .notAKey: "the key must be one line of printable ASCII without spaces"
    }
  }
}
