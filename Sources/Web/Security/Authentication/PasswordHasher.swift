import CCrypt
import Foundation
package import Settings

/// Computes bcrypt hashes, each of which takes a core for tens of milliseconds and more.
package protocol PasswordHasher: Sendable {
  /// Hashes once, whatever comes of it.
  ///
  /// - Returns: whether `password` is the one of `hash`.
  func matches(_ password: [UInt8], _ hash: PasswordHash) -> Bool
}

/// bcrypt by libxcrypt.
package struct LibxcryptHasher: PasswordHasher {
  package init() {}

  /// Bytes that bcrypt looks at; libxcrypt refuses passwords of some hundreds.
  private static let length = 72

  package func matches(_ password: [UInt8], _ hash: PasswordHash) -> Bool {
    // A string of C ends at a NUL, so a password with one would be taken for what stands before it.
    let text = password.prefix { $0 != 0 }
    let computed = Self.hash(Array(text.prefix(Self.length)), hash.text)
    return computed.map { Self.areEqual($0, Array(hash.text.utf8)) } == true && text.count == password.count
  }

  private static func hash(_ password: [UInt8], _ setting: String) -> [UInt8]? {
    var phrase = (password + [0]).map { CChar(bitPattern: $0) }
    let size = Int(crypt_work_size)
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    scratch.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    defer {
      explicit_bzero(scratch, size)
      explicit_bzero(&phrase, phrase.count)
      scratch.deallocate()
    }
    guard let result = crypt_rn(phrase, setting, scratch, Int32(size)) else { return nil }
    return Array(String(cString: result).utf8)
  }

  /// Takes the same time wherever the two differ.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
