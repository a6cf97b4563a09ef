import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// The files of a ledger of some days, and what its counters were after each commit.
struct DamagedLedger {
  private var files: [String: Data]
  private let states: [[String: Int64]]

  /// One file, as after a graceful stop.
  static func closed() async throws -> DamagedLedger {
    let folder = try TemporaryFolder()
    let states = try await withLedger(in: folder) { ledger in
      let states = try await fill(ledger)
      await ledger.close()
      return states
    }
    return DamagedLedger(files: try contents(folder), states: states)
  }

  /// With a log that nobody has moved into the database.
  static func killed() async throws -> DamagedLedger {
    let folder = try TemporaryFolder()
    let (states, copy) = try await withLedger(in: folder) { ledger in
      (try await fill(ledger), try folder.asLeftByAKill())
    }
    return DamagedLedger(files: try contents(copy), states: states)
  }

  private static func fill(_ ledger: Ledger) async throws -> [[String: Int64]] {
    var random = SeededGenerator(seed: 5)
    var amounts = Dictionary(uniqueKeysWithValues: (0..<40).map { ("agent \($0)", Int64($0)) })
    try await ledger.begin(with: amounts)
    var states: [[String: Int64]] = [[:], await ledger.totals()]
    for number in 0..<12 {
      let day = Sample.today.advanced(by: number / 4)
      if number.isMultiple(of: 4) { amounts = amounts.mapValues { _ in 0 } }
      for name in amounts.keys.sorted() { amounts[name, default: 0] += Int64.random(in: 0...9, using: &random) }
      var answer = Sample.answer(amounts, on: day)
      answer = Answer(answer.coverage + [.period(PeriodWindow(.month, today: day))], answer.reading)
      try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
      states.append(await ledger.totals())
    }
    return states
  }

  private static func contents(_ folder: TemporaryFolder) throws -> [String: Data] {
    let names = folder.files.filter { $0.hasPrefix("ledger.sqlite") && !$0.hasSuffix("-shm") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + $0))) })
  }

  /// Turns some bits or bytes, overwrites a stretch, or cuts the end off.
  mutating func damage(_ name: String, _ random: inout SeededGenerator) {
    guard var bytes = files[name], !bytes.isEmpty else { return }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
    case 1:
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 1...4096, using: &random))
      for place in start..<end { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    case 2:
      // A page where another belongs, as after a write that went astray.
      let pages = bytes.count / 4096
      guard pages > 1 else { return }
      let from = Int.random(in: 0..<pages, using: &random) * 4096
      let target = Int.random(in: 0..<pages, using: &random) * 4096
      bytes.replaceSubrange(target..<target + 4096, with: Data(bytes[from..<from + 4096]))
    case 3..<6:
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    default:
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
    }
    files[name] = bytes
  }

  /// Opens it, shows it and goes on with it.
  func fate(_ seed: UInt64) async throws -> RandomDamageTests.Fate {
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try bytes.write(to: URL(fileURLWithPath: folder.path + "/" + name)) }
    do {
      let ledger = try Ledger.open(path: folder.path, at: Sample.noon)
      let isNew = ledger.movedAside != nil
      if isNew { #expect(!ledger.restored, "seed \(seed)") }
      let book = try await ledger.register(Sample.collector, zone: "UTC")
      if isNew { #expect(book.series.isEmpty, "seed \(seed)") }
      let found = await ledger.totals()
      try await goOn(ledger, from: found, seed)
      if isNew { return .movedAside }
      if found == states.last { return .whole }
      return states.contains(found) ? .earlier : .unseen
    } catch let error as LedgerError {
      #expect(!error.description.isEmpty)
      return .refused
    }
  }

  /// What is served later is never less than what was served first.
  private func goOn(_ ledger: Ledger, from found: [String: Int64], _ seed: UInt64) async throws {
    try await ledger.settle([Sample.collector], at: Sample.noon)
    let later = Sample.noon.addingTimeInterval(86_400)
    let answer = Sample.answer(["agent 1": 7, "agent 2": 9, "new": 3], on: Sample.today.advanced(by: 3))
    try await ledger.commit(answer, to: Sample.collector, at: later, policy: Sample.policy)
    let totals = await ledger.totals()
    for (name, total) in found { #expect(totals[name, default: 0] >= total, "seed \(seed): \(name)") }
  }
}
