import Synchronization
package import Usage

/// A workspace's credential, read again when it may have changed.
package final class SecretBox: Sendable {
  private let read: @Sendable () throws -> Secret
  private let current: Mutex<Secret>

  /// - Throws: what `read` throws, for the first reading.
  package init(reading read: @escaping @Sendable () throws -> Secret) throws {
    self.read = read
    current = Mutex(try read())
  }

  package var secret: Secret { current.withLock { $0 } }

  /// Reads the credential again; one that cannot be read leaves the old one in place.
  ///
  /// - Returns: whether it is another one now.
  @discardableResult
  package func refresh() -> Bool {
    guard let fresh = try? read() else { return false }
    return current.withLock { secret in
      defer { secret = fresh }
      return secret != fresh
    }
  }

  /// Whether there is another credential than the one that was used, after reading it again if need be.
  package func hasReplacement(for used: Secret) -> Bool {
    if secret == used { refresh() }
    return secret != used
  }
}
