/// What remains of a user and password once verified: a keyed digest of 128 bits, from which neither can be read.
package struct CredentialDigest: Sendable, Hashable {
  private let high: Int
  private let low: Int

  /// - Parameter key: random for each process, so that nobody else can make a digest.
  package init(_ parts: [[UInt8]], key: CredentialKey) {
    high = Self.half(parts, key.high)
    low = Self.half(parts, key.low)
  }

  /// The standard library's SipHash, over the key first.
  private static func half(_ parts: [[UInt8]], _ key: [UInt64]) -> Int {
    var hasher = Hasher()
    hasher.combine(key)
    for part in parts {
      hasher.combine(part.count)
      part.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }

  /// A number below `count`, always the same for the same parts.
  package func index(below count: Int) -> Int { Int(UInt(bitPattern: low) % UInt(max(1, count))) }
}

/// Random words that make digests.
package struct CredentialKey: Sendable {
  let high: [UInt64]
  let low: [UInt64]

  package init(using generator: inout some RandomNumberGenerator) {
    high = (0..<4).map { _ in generator.next() }
    low = (0..<4).map { _ in generator.next() }
  }
}

/// The pairs of user and password that were verified, the oldest giving way.
package struct PasswordCache: Sendable {
  private let capacity: Int
  private var known: Set<CredentialDigest> = []
  private var order: [CredentialDigest] = []

  package init(capacity: Int) {
    self.capacity = capacity
  }

  package var count: Int { known.count }

  package func holds(_ digest: CredentialDigest) -> Bool { known.contains(digest) }

  package mutating func insert(_ digest: CredentialDigest) {
    guard known.insert(digest).inserted else { return }
    order.append(digest)
    if order.count > capacity { known.remove(order.removeFirst()) }
  }

  package mutating func removeAll() {
    known = []
    order = []
  }
}
