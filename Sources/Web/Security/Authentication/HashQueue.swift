/// How many passwords may be hashed or wait for it; the others are turned away at once.
package struct HashQueue: Sendable {
  private let limit: Int
  private var count = 0

  package init(limit: Int) {
    self.limit = limit
  }

  /// - Returns: false if it is full; if true, ``leave()`` must follow.
  package mutating func enter() -> Bool {
    guard count < limit else { return false }
    count += 1
    return true
  }

  package mutating func leave() { count -= 1 }
}
