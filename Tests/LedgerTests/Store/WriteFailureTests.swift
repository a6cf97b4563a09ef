import Foundation
import Ledger
import Testing
import Usage

@Suite("Writes that fail")
struct WriteFailureTests {
  @Test("leave the book as it was, at whichever write they fail, and are counted")
  func everyWrite() async throws {
    let bench = try Bench()
    let ledger = bench.ledger
    try await ledger.begin(with: ["a": 1, "b": 2])
    let before = try await ledger.take(["a": 4, "b": 3])
    var failures = 0
    var answer = Sample.answer(["a": 5, "b": 1, "c": 3], on: Sample.today.advanced(by: 1))
    answer = Answer(answer.coverage + [.period(PeriodWindow(.day, today: Sample.today))], answer.reading)
    while failures < 100 {
      bench.killSwitch.arm(.diskFull(beforeWrite: failures))
      do {
        try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
        break
      } catch {
        failures += 1
      }
      bench.killSwitch.disarm()
      try #require(await ledger.book(of: Sample.collector)).checkSame(as: before)
      #expect(await ledger.writeFailures == failures)
      // What is on the disk has not changed either.
      try await Ledger(database: bench.database).register(Sample.collector, zone: "UTC").checkSame(as: before)
    }
    bench.killSwitch.disarm()
    #expect((8..<100).contains(failures), "the loop must have met every write of the commit")
    #expect(await ledger.totals() == ["a": 3 + 5, "b": 1 + 1, "c": 3], "and once it can be written, it is")
  }

  @Test("of progress and of holds change nothing")
  func progressAndHolds() async throws {
    let bench = try Bench()
    try await bench.ledger.begin(with: ["a": 1])
    let before = try await bench.ledger.take(["a": 2, "new": 1])
    bench.killSwitch.arm(.diskFull(beforeWrite: 0))
    await #expect(throws: LedgerError.self) { try await bench.ledger.settle([Sample.collector], at: Sample.noon) }
    await #expect(throws: LedgerError.self) {
      try await bench.ledger.record(CollectorProgress(), for: Sample.collector)
    }
    await #expect(throws: LedgerError.self) {
      try await bench.ledger.record(WorkspaceProgress(), for: Sample.workspace)
    }
    bench.killSwitch.disarm()
    try #require(await bench.ledger.book(of: Sample.collector)).checkSame(as: before)
    #expect(await bench.ledger.writeFailures == 3)
  }

  @Test("are told without paths or values")
  func words() async throws {
    let bench = try Bench()
    try await bench.ledger.begin()
    bench.killSwitch.arm(.diskFull(beforeWrite: 0))
    let error = await #expect(throws: LedgerError.self) { try await bench.ledger.take(["secret-agent": 1]) }
    guard case .notWritten = error else { throw Unexpected("\(String(describing: error))") }
    #expect(error?.description.contains("secret-agent") == false)
  }

  @Test("an answer that would overflow a counter is refused whole, and is no failure of the disk")
  func overflow() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin()
    try await ledger.take(["a": .max - 5, "b": 1])
    let error = await #expect(throws: LedgerError.self) {
      try await ledger.take(["a": 6, "b": 2], on: Sample.today.advanced(by: 1))
    }
    guard case .overflow = error else { throw Unexpected("\(String(describing: error))") }
    #expect(await ledger.totals() == ["a": .max - 5, "b": 1])
    #expect(await ledger.writeFailures == 0)
  }

  @Test("a collector that was never registered is refused")
  func unregistered() async throws {
    let ledger = try Ledger(database: .inMemory())
    let error = await #expect(throws: LedgerError.self) { try await ledger.take(["a": 1]) }
    guard case .unknownCollector(Sample.collector) = error else { throw Unexpected("\(String(describing: error))") }
    #expect(await ledger.book(of: Sample.collector) == nil)
  }
}
