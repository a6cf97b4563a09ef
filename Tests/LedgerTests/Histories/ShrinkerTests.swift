import Testing

/// A test that cannot fail shows nothing: each wrong specification must be told from the ledger, by a history that a
/// person can read.
@Suite("The histories can fail")
struct ShrinkerTests {
  @Test("a wrong specification is found, and the history that shows it is small", arguments: Mutation.allCases)
  func shrinks(_ mutation: Mutation) async throws {
    let found = await firstFailure(of: mutation, within: 3_000)
    let (seed, history) = try #require(found, "\(mutation) is never told from the ledger")
    let small = await history.shrunk { await $0.failure(mutation: mutation) != nil }
    #expect(small.operations.count <= 6, "\(mutation), seed \(seed): \(small)")
    #expect(await small.failure(mutation: mutation) != nil)
    #expect(await small.failure() == nil, "without the mutation there is nothing wrong: \(small)")
  }

  @Test("shrinking keeps what makes a history fail, and nothing else")
  func keepsTheCulprits() async {
    let history = History(seed: 7)
    var noisy = history
    noisy.operations.insert(.restart, at: noisy.operations.count / 2)
    noisy.operations.append(.use(.b, .tokens, amount: 55, daysAgo: 4))
    let small = await noisy.shrunk { candidate in
      candidate.operations.contains(.restart)
        && candidate.operations.contains { if case .use(_, _, amount: 10..., daysAgo: _) = $0 { true } else { false } }
    }
    #expect(Set(small.operations) == [.restart, .use(.a, .messages, amount: 10, daysAgo: 0)])
  }

  private func firstFailure(of mutation: Mutation, within limit: UInt64) async -> (UInt64, History)? {
    for seed in 0..<limit {
      let history = History(seed: seed)
      if await history.failure(mutation: mutation) != nil { return (seed, history) }
    }
    return nil
  }
}
