import Foundation
import Settings
import Testing
import Web

/// The decisions behind authentication, limits and re-reading, without any of their surroundings.
@Suite("Security values")
struct SecurityValueTests {
  /// Openwall's vectors, whose `$2a$` Go takes for the same algorithm.
  @Test(
    "bcrypt",
    arguments: [
      ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", true),
      ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", true),
      ("U*U*U", "$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", true),
      ("", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", true),
      ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", false),
      ("U*U\0", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", false),
      ("\0", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", false),
      (String(repeating: "x", count: 2000), "$2y$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", false),
    ])
  func bcrypt(password: String, hash: String, isRight: Bool) throws {
    let hash = try #require(PasswordHash(hash))
    #expect(LibxcryptHasher().matches(Array(password.utf8), hash) == isRight)
  }

  @Test("a stand-in matches nothing and costs as much", arguments: [4, 10, 12])
  func standIn(cost: Int) {
    let hash = PasswordHash(standInWithCost: cost)
    #expect(hash.cost == cost && PasswordHash(hash.text) == hash)
    #expect(cost > 4 || !LibxcryptHasher().matches([], hash))
  }

  @Test(
    "credentials",
    arguments: [
      ("Basic YWxpY2U6c2VjcmV0", "alice", "secret"), ("basic YWxpY2U6YTpi", "alice", "a:b"), ("BASIC Og==", "", ""),
    ])
  func credentials(header: String, user: String, password: String) {
    let credentials = BasicCredentials(header: header)
    #expect(credentials?.user == user && credentials?.password == Array(password.utf8))
  }

  @Test("a digest tells pairs apart, and keys")
  func digests() {
    var generator = SystemRandomNumberGenerator()
    let key = CredentialKey(using: &generator)
    func digest(_ parts: String...) -> CredentialDigest { CredentialDigest(parts.map { Array($0.utf8) }, key: key) }
    #expect(digest("a", "bc") == digest("a", "bc"))
    #expect(
      Set([digest("a", "bc"), digest("ab", "c"), digest("abc"), digest("abc", ""), digest("", "abc")]).count == 5)
    let other = CredentialKey(using: &generator)
    #expect(CredentialDigest([[1]], key: key) != CredentialDigest([[1]], key: other))
  }

  @Test("the cache is bounded, and the oldest gives way")
  func cache() {
    var generator = SystemRandomNumberGenerator()
    let key = CredentialKey(using: &generator)
    let digests = (0..<4).map { CredentialDigest([[$0]], key: key) }
    var cache = PasswordCache(capacity: 3)
    for digest in digests + [digests[3]] { cache.insert(digest) }
    #expect(cache.count == 3 && !cache.holds(digests[0]) && digests[1...].allSatisfy(cache.holds))
    cache.removeAll()
    #expect(cache.count == 0 && !digests.contains(where: cache.holds))
  }

  @Test("the queue lets in as many as it holds")
  func queue() {
    var queue = HashQueue(limit: 2)
    let entered = (queue.enter(), queue.enter(), queue.enter())
    #expect(entered == (true, true, false))
    queue.leave()
    let again = (queue.enter(), queue.enter())
    #expect(again == (true, false))
  }

  @Test("the bucket starts full and fills evenly")
  func bucket() {
    var limiter = RateLimiter(RateLimit(interval: 2, burst: 3), at: 100)
    func asked(_ times: Double...) -> [Bool] { times.map { limiter.allows(at: $0) } }
    #expect(asked(100, 100, 100, 100, 101.9, 102, 102) == [true, true, true, false, false, true, false])
    // A clock that went back takes nothing away and gives nothing; a long rest fills no more than the burst.
    #expect(asked(50, 103.9, 1000, 1000, 1000, 1000) == [false, false, true, true, true, false])
    var closed = RateLimiter(RateLimit(interval: 1, burst: 0), at: 0)
    #expect(!closed.allows(at: 0) && !closed.allows(at: 1000))
  }

  private static let stamp = FileStamp(device: 1, inode: 2, size: 3, modified: 1_000_000_000, changed: 1_000_000_000)

  private static func altered(_ alter: (inout FileStamp) -> Void) -> FileStamp {
    var stamp = Self.stamp
    alter(&stamp)
    return stamp
  }

  @Test(
    "files are stale when anything of a stamp changes",
    arguments: [
      altered { $0.modified += 1 }, altered { $0.changed += 1 }, altered { $0.size += 1 }, altered { $0.inode += 1 },
      altered { $0.device += 1 }, nil,
    ])
  func stale(_ changed: FileStamp?) {
    var watch = FileWatch()
    watch.note(["a": Self.stamp, "b": nil], at: 2_000_000_000)
    #expect(watch.paths == ["a", "b"])
    #expect(!watch.isStale([Self.stamp, nil]))
    #expect(watch.isStale([changed, nil]) && watch.isStale([Self.stamp, Self.stamp]))
  }

  @Test("what was read as soon as it was written is read once more")
  func settling() {
    var watch = FileWatch()
    watch.note(["a": Self.stamp], at: 1_000_000_000 + 50_000_000)
    #expect(watch.isStale([Self.stamp]) && !watch.differs([Self.stamp]))
    watch.note(["a": Self.stamp], at: 1_000_000_000 + 50_000_001)
    #expect(!watch.isStale([Self.stamp]))
  }

  @Test(
    "a time in the future does not make a file be read forever",
    arguments: [altered { $0.modified = .max }, altered { $0.changed = 9_000_000_000 }])
  func future(_ stamp: FileStamp) {
    var watch = FileWatch()
    watch.note(["a": stamp], at: 2_000_000_000)
    watch.note(["a": stamp], at: 2_050_000_001)
    #expect(!watch.isStale([stamp]))
    // Nor does a clock that is set back after it was seen.
    watch.note(["a": Self.stamp], at: 2_100_000_000)
    watch.note(["a": Self.stamp], at: 500_000_000)
    #expect(!watch.isStale([Self.stamp]))
  }

  @Test(
    "addresses of certificates",
    arguments: [
      "7f000001": "127.0.0.1", "00000000000000000000000000000001": "::1",
      "00000000000000000000ffff0a000001": "10.0.0.1", "20010db80000000000000000000000ab": "2001:db8::ab",
      "7f0001": "none",
    ])
  func addresses(hexadecimal: String, text: String) {
    let digits = Array(hexadecimal)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    #expect(CertificateNames.address(bytes) ?? "none" == text)
  }

  @Test(
    "dates of HTTP",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ])
  func dates(seconds: Int, text: String) {
    #expect(HTTPDate.format(seconds) == text)
  }

  @Test(
    "sockets of systemd are those meant for this process",
    arguments: [
      (["LISTEN_PID": "7", "LISTEN_FDS": "2"], [3, 4]), (["LISTEN_PID": "8", "LISTEN_FDS": "2"], []),
      (["LISTEN_FDS": "1"], []), (["LISTEN_PID": "7"], []), (["LISTEN_PID": "7", "LISTEN_FDS": "0"], []),
      (["LISTEN_PID": "7", "LISTEN_FDS": "x"], []), (["LISTEN_PID": "7", "LISTEN_FDS": "999999"], []),
    ])
  func sockets(environment: [String: String], descriptors: [Int32]) {
    #expect((try? SystemdSockets.descriptors(environment, process: 7)) ?? [] == descriptors)
  }
}
