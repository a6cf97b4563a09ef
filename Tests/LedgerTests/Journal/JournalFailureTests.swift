import Ledger
import Testing
import Usage

@Suite("Records of events that fail")
struct JournalFailureTests {
  @Test("a record that is interrupted, at whichever write, is not there at all")
  func everyWrite() async throws {
    let bench = try Bench()
    let journal = try await JournalSample.journal(bench.ledger)
    var model = JournalModel()
    let before = [
      JournalSample.event("1", 5, user: "u"), JournalSample.event("2", on: Sample.today.advanced(by: -101)),
    ]
    try await journal.record(before, completeSince: Sample.today)
    model.record(before, completeSince: Sample.today)
    let next = [
      JournalSample.event("1", 7, on: Sample.today.advanced(by: 1), user: "v"),
      JournalSample.event("3", on: Sample.today),
      UsageEvent(id: "4", day: Sample.today, user: nil, amounts: [.init(Sample.key("new"), 1)]),
    ]
    var failures = 0
    while failures < 100 {
      bench.killSwitch.arm(.diskFull(beforeWrite: failures))
      do {
        try await journal.record(next, completeSince: Sample.today.advanced(by: -1))
        break
      } catch {
        failures += 1
      }
      bench.killSwitch.disarm()
      try await journal.check(model, today: Sample.today, ids: ["1", "2", "3", "4"])
      #expect(await bench.ledger.writeFailures == failures)
      let restarted = try await JournalSample.journal(Ledger(database: bench.database))
      try await restarted.check(model, today: Sample.today, ids: ["1", "2", "3", "4"])
    }
    bench.killSwitch.disarm()
    #expect((6..<100).contains(failures), "the loop must have met every write of the record")
    model.record(next, completeSince: Sample.today.advanced(by: -1))
    try await journal.check(model, today: Sample.today, ids: ["1", "2", "3", "4"])
  }

  @Test("amounts that no counter can hold are refused whole, and are no failure of the disk")
  func overflow() async throws {
    let ledger = try Ledger(database: .inMemory())
    let journal = try await JournalSample.journal(ledger)
    for amount in [Quantity.limit + 1, Int64.max, Int64.min] {
      let error = await #expect(throws: LedgerError.self) {
        try await journal.record(
          [JournalSample.event("1"), JournalSample.event("2", amount)], completeSince: Sample.today)
      }
      guard case .overflow = error else { throw Unexpected("\(String(describing: error))") }
    }
    try await journal.check(JournalModel(), today: Sample.today, ids: ["1", "2"])
    try await journal.record([JournalSample.event("1", Quantity.limit), JournalSample.event("2")], completeSince: nil)
    let error = await #expect(throws: LedgerError.self) { try await journal.reading(of: Sample.today) }
    guard case .overflow = error else { throw Unexpected("\(String(describing: error))") }
    #expect(await ledger.writeFailures == 0)
  }
}
