import ArgumentParser
import Foundation
import Ledger
import Usage

struct LedgerBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Writes large answers into a ledger, and opens a ledger with a long history.",
    discussion: "The ledger is a real one in a folder of its own, which is removed at the end.")

  @Option(help: "Cells that one transaction replaces.") var cells = 1_000_000
  @Option(help: "Days of history.") var days = 400
  @Option(help: "Agents in each day of it, with three counters each.") var agents = 2_000
  @Option(help: "How often each is done: medians are shown.") var runs = 3

  private static let collector = CollectorID(WorkspaceID(.dust, "acme"), "agents")
  private static let today = Day(ordinal: 20_400)
  private static let noon = Date(timeIntervalSince1970: 20_400 * 86_400 + 43_200)

  func run() async throws {
    var table = FigureTable()
    try await inFolder { path in try await replace(path, &table) }
    try await inFolder { path in try await start(path, &table) }
    print(table.text)
  }

  /// One answer that speaks of very many series, again and again.
  private func replace(_ path: String, _ table: inout FigureTable) async throws {
    let ledger = try await begin(path)
    let size = DaySize(agents: max(1, cells / Measure.allCases.count), measures: Measure.allCases)
    table.add("\(size.cells) new cells, one transaction", try await commit(size, 1, ledger))
    let base = try await fileSize(path, ledger)
    table.addBytes("file, with their series", base, of: size.cells)
    try await completeBaseline(ledger)
    var times: [Double] = []
    for round in 0..<runs {
      times.append(try await commit(size, 2 + Int64(round), ledger))
    }
    table.add("\(size.cells) cells replaced, one transaction", times)
    table.add("the same answer once more", try await commit(size, 1 + Int64(runs), ledger))
    await ledger.close()
  }

  /// Opens a ledger as a start of the exporter does.
  private func start(_ path: String, _ table: inout FigureTable) async throws {
    let size = DaySize(agents: agents, measures: [.messages, .conversations, .credits])
    do {
      let ledger = try await begin(path)
      var writing = 0.0
      for day in 0..<days {
        writing += try await commit(size, Int64(day % 7) + 1, ledger, on: Self.today.advanced(by: day - days))
      }
      table.add("\(days) days of \(size.cells) cells, each a transaction", writing)
      table.addBytes("file, \(days) days of \(agents) agents", try await fileSize(path, ledger), of: days * size.cells)
    }
    var times: [Double] = []
    for _ in 0..<max(runs, 5) {
      times.append(
        try await seconds {
          let ledger = try Ledger.open(path: path, at: Self.noon)
          let book = try await ledger.register(Self.collector, zone: "UTC")
          guard book.series.count == size.cells, book.readAt.count == days else { throw WrongBook() }
        })
    }
    table.add("start: open and load", times)
  }

  private func begin(_ path: String) async throws -> Ledger {
    let ledger = try Ledger.open(path: path, at: Self.noon)
    _ = try await ledger.register(Self.collector, zone: "UTC")
    return ledger
  }

  private func completeBaseline(_ ledger: Ledger) async throws {
    var progress = try await ledger.register(Self.collector, zone: "UTC").progress
    progress.baselined = true
    progress.lastSuccess = Self.noon
    try await ledger.record(progress, for: Self.collector)
  }

  /// - Returns: how long it took.
  private func commit(_ size: DaySize, _ value: Int64, _ ledger: Ledger, on day: Day = today) async throws -> Double {
    let policy = CountingPolicy(zeroHold: 120, maxAgents: .max)
    let answer = Answer([.bucket(.day(day))], size.reading(value))
    return try await seconds {
      try await ledger.commit(answer, to: Self.collector, at: Self.noon, policy: policy)
    }
  }

  private func fileSize(_ path: String, _ ledger: Ledger) async throws -> Int {
    await ledger.close()
    let attributes = try FileManager.default.attributesOfItem(atPath: path + "/ledger.sqlite")
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }

  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
    do {
      try await body(path)
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  private struct WrongBook: Error {}
}

/// A day's answer.
private struct DaySize {
  let agents: Int
  let measures: [Measure]

  var cells: Int { agents * measures.count }

  /// Every value differs from that of another round.
  func reading(_ round: Int64) -> Reading {
    var reading = Reading()
    reading.quantities.reserveCapacity(cells)
    for agent in 0..<agents {
      let entity = Entity(.agent, "agent-\(agent)-0c5b6a7e-8d1f")
      for measure in measures { reading.quantities[SeriesKey(entity, measure)] = round * Int64(agent % 1_000 + 1) }
    }
    reading.rows = agents
    return reading
  }
}
