import Settings
import Synchronization
import Testing
import Web

/// Takes `right` for the password of everybody, and counts.
final class CountingHasher: PasswordHasher {
  private let seen = Mutex<[Int]>([])

  /// The cost of each hash.
  var costs: [Int] { seen.withLock { $0 } }

  func matches(_ password: [UInt8], _ hash: PasswordHash) -> Bool {
    seen.withLock { $0.append(hash.cost) }
    return password == Array("right".utf8)
  }
}

/// Who may pass, and what it costs.
@Suite("Basic authentication")
struct AuthenticatorTests {
  private let hasher = CountingHasher()
  private let users = ["alice": PasswordHash(standInWithCost: 5), "bob": PasswordHash(standInWithCost: 7)]

  static func basic(_ user: String, _ password: String) -> String {
    "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
  }

  @Test(
    "hashes once for a right password, a wrong one and a user who does not exist",
    arguments: [
      ("alice", "right", Authenticator.Verdict.allowed), ("alice", "wrong", .refused), ("nobody", "right", .refused),
      ("nobody", "wrong", .refused), ("", "", .refused), ("alice", "", .refused),
    ])
  func once(user: String, password: String, verdict: Authenticator.Verdict) async {
    let authenticator = Authenticator(hasher: hasher, threads: 1)
    #expect(await authenticator.verify(Self.basic(user, password), users: users) == verdict)
    #expect(hasher.costs.count == 1)
  }

  @Test("spends on a user who does not exist what one of the others costs, and always the same")
  func standIn() async {
    let authenticator = Authenticator(hasher: hasher, threads: 1)
    for _ in 0..<3 { _ = await authenticator.verify(Self.basic("nobody", "x"), users: users) }
    #expect(Set(hasher.costs).count == 1 && [5, 7].contains(hasher.costs.first))
    for name in 0..<64 { _ = await authenticator.verify(Self.basic("nobody\(name)", "x"), users: users) }
    #expect(Set(hasher.costs) == [5, 7])
  }

  /// With real hashes the time is that of the cost: nothing tells a user who exists from one who does not.
  @Test("a wrong password and an unknown user cost the same hashes")
  func sameCost() async {
    let users = ["alice": PasswordHash(standInWithCost: 9)]
    var costs: [[Int]] = []
    for (user, password) in [("alice", "wrong"), ("nobody", "wrong"), ("alice", "wrong"), ("nobody", "right")] {
      let hasher = CountingHasher()
      let authenticator = Authenticator(hasher: hasher, threads: 1)
      // The same again costs the same again: a refusal is not remembered.
      for _ in 0..<2 { #expect(await authenticator.verify(Self.basic(user, password), users: users) == .refused) }
      costs.append(hasher.costs)
    }
    #expect(costs == Array(repeating: [9, 9], count: 4))
  }

  @Test(
    "hashes nothing for headers that hold no password",
    arguments: [
      nil, "", "Basic", "Basic ", "Bearer YTpi", "Basic YWxpY2U=", "Basic !",
      "Basic " + String(repeating: "A", count: 9000),
    ])
  func unreadable(header: String?) async {
    let authenticator = Authenticator(hasher: hasher, threads: 1)
    #expect(await authenticator.verify(header, users: users) == .refused)
    #expect(hasher.costs.isEmpty)
  }

  @Test("remembers who was verified until the users change, and nobody else")
  func memory() async {
    let authenticator = Authenticator(hasher: hasher, threads: 1)
    let alice = Self.basic("alice", "right")
    for _ in 0..<5 { #expect(await authenticator.verify(alice, users: users) == .allowed) }
    #expect(hasher.costs.count == 1)
    for _ in 0..<2 { #expect(await authenticator.verify(Self.basic("alice", "wrong"), users: users) == .refused) }
    #expect(hasher.costs.count == 3)
    // Another user with the same password is another pair.
    #expect(await authenticator.verify(Self.basic("bob", "right"), users: users) == .allowed)
    #expect(hasher.costs.count == 4)
    let changed = users.merging(["carol": PasswordHash(standInWithCost: 5)]) { $1 }
    #expect(await authenticator.verify(alice, users: changed) == .allowed)
    #expect(hasher.costs.count == 5)
    #expect(await authenticator.verify(alice, users: ["bob": PasswordHash(standInWithCost: 7)]) == .refused)
  }

  @Test("turns away whoever finds the queue full, but not those verified before")
  func flood() async {
    let hasher = HeldHasher()
    let authenticator = Authenticator(hasher: hasher, threads: 1, waiting: 0)
    hasher.release()
    #expect(await authenticator.verify(Self.basic("alice", "right"), users: users) == .allowed)
    async let held = authenticator.verify(Self.basic("bob", "right"), users: users)
    await hasher.hashing(times: 2)
    #expect(await authenticator.verify(Self.basic("bob", "other"), users: users) == .busy)
    #expect(await authenticator.verify(Self.basic("alice", "right"), users: users) == .allowed)
    hasher.release()
    #expect(await held == .allowed)
  }
}

/// Hashes when it is told to.
private final class HeldHasher: PasswordHasher {
  private let gate = Gate()
  private let begun: AsyncStream<Void>
  private let begins: AsyncStream<Void>.Continuation

  init() {
    (begun, begins) = AsyncStream.makeStream(of: Void.self)
  }

  func release() { gate.open() }

  func hashing(times: Int) async {
    var left = times
    for await _ in begun {
      left -= 1
      if left == 0 { return }
    }
  }

  func matches(_ password: [UInt8], _ hash: PasswordHash) -> Bool {
    begins.yield()
    gate.wait()
    return true
  }
}
