import Foundation
import NIOPosix
package import Settings
import Synchronization

/// Verifies users and passwords, each pair with one hash, unless it was verified before.
///
/// A user who does not exist costs the hash that one of the existing users would have cost, and always the same one's, so
/// that neither the time nor its change tells who exists.
package final class Authenticator: Sendable {
  package enum Verdict: Sendable, Equatable {
    case allowed
    case refused
    /// Too many others wait for a hash.
    case busy
  }

  private struct State {
    var users: [String: PasswordHash] = [:]
    var cache = PasswordCache(capacity: 100)
    var queue: HashQueue
  }

  private let hasher: any PasswordHasher
  private let key: CredentialKey
  private let state: Mutex<State>
  /// Of its own, so that hashes wait for each other and for nothing else, and nothing waits for them.
  private let pool: NIOThreadPool

  /// At most half of the cores hash, so that a flood of wrong passwords leaves the others to scrapes.
  package static let threads = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount / 2))
  /// Passwords that may wait, at about 50 ms each with a cost of 10.
  package static let waiting = 16

  package init(
    hasher: any PasswordHasher = LibxcryptHasher(), threads: Int = Authenticator.threads,
    waiting: Int = Authenticator.waiting
  ) {
    self.hasher = hasher
    var generator = SystemRandomNumberGenerator()
    key = CredentialKey(using: &generator)
    state = Mutex(State(queue: HashQueue(limit: threads + waiting)))
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
  }

  /// - Parameters:
  ///   - authorization: the header; without one, or one that cannot be read, nothing is hashed.
  ///   - users: those of the configuration in force; what was verified for others is forgotten.
  package func verify(_ authorization: String?, users: [String: PasswordHash]) async -> Verdict {
    guard let given = BasicCredentials(header: authorization) else { return .refused }
    let name = Array(given.user.utf8)
    let known = users[given.user]
    let hash = known ?? standIn(for: name, among: users)
    let digest = CredentialDigest([name, Array(hash.text.utf8), given.password], key: key)
    let isVerified = state.withLock { state in
      if state.users != users {
        state.users = users
        state.cache.removeAll()
      }
      return state.cache.holds(digest)
    }
    if isVerified { return .allowed }
    guard state.withLock({ $0.queue.enter() }) else { return .busy }
    defer { state.withLock { $0.queue.leave() } }
    guard await hashed(given.password, hash), known != nil else { return .refused }
    state.withLock { state in
      if state.users[given.user] == known { state.cache.insert(digest) }
    }
    return .allowed
  }

  private func hashed(_ password: [UInt8], _ hash: PasswordHash) async -> Bool {
    let hasher = hasher
    // It fails only if the client has gone.
    return (try? await pool.runIfActive { hasher.matches(password, hash) }) ?? false
  }

  private func standIn(for name: [UInt8], among users: [String: PasswordHash]) -> PasswordHash {
    let costs = users.values.map(\.cost).sorted()
    let index = CredentialDigest([name], key: key).index(below: costs.count)
    return PasswordHash(standInWithCost: costs.isEmpty ? 10 : costs[index])
  }
}
