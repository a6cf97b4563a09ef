import Foundation
import Ledger
import Simulator
import TestSupport
import Testing
import Usage

/// One collector through all faults, in one of three states of the exporter.
struct MatrixScene: Sendable {
  enum State: String, CaseIterable, Sendable {
    /// The fault meets the first reading ever.
    case fresh
    /// It meets a running exporter.
    case warm
    /// It meets the first reading after a restart.
    case restarted
  }

  let probe: MatrixProbe
  let state: State
  let simulator: Simulator
  let clock: ManualClock

  /// A pause longer than any that a fault of the matrix brings about.
  private static let pause = 1000.0
  /// From reading to reading: Tess AI answers from a cache of a minute.
  private static let step = 61.0

  /// - Returns: what each fault was seen to come to, in the order given.
  func run(_ faults: [MatrixFault]) async throws -> [String] {
    var seen: [String] = []
    var database = try LedgerDatabase.inMemory()
    var rig = try await start(database)
    if state != .fresh {
      use(2)
      _ = try await settled(rig)
    }
    for fault in faults {
      var before: MatrixLook?
      switch state {
      case .fresh:
        await rig.stop()
        database = try LedgerDatabase.inMemory()
        rig = try await start(database)
      case .warm: before = try await settled(rig)
      case .restarted:
        before = try await settled(rig)
        await rig.stop()
        rig = try await start(database)
      }
      seen.append(try await meet(fault, rig, before))
    }
    await rig.stop()
    return seen
  }

  private func start(_ database: LedgerDatabase) async throws -> Rig {
    try await Rig(simulator, clock: clock, database: database, configuration: probe.configuration)
  }

  private func use(_ count: Int) { MatrixCompany.use(simulator.company, count, at: clock.now().addingTimeInterval(-1)) }

  /// Two readings: what is new is shown at 0 first.
  private func settled(_ rig: Rig) async throws -> MatrixLook {
    clock.advance(by: Self.step)
    _ = try await rig.scrape()
    clock.advance(by: Self.step)
    return MatrixLook(try await rig.scrape(), probe)
  }

  private func meet(_ fault: MatrixFault, _ rig: Rig, _ before: MatrixLook?) async throws -> String {
    let title = "\(probe.name), \(state.rawValue), \(fault.name)"
    clock.advance(by: Self.step)
    use(3)
    simulator.faults.inject(fault.fault, at: probe.service, path: probe.path, exactly: true, parameter: probe.parameter)
    let during = MatrixLook(try await rig.scrape(), probe)
    let (requests, rows) = during.reasons(since: before, restarted: state == .restarted)
    if let before { expectNoFall(before.scrape, during.scrape, at: clock.now()) }
    let (provider, collector) = probe.stranger
    #expect(during.succeeded(provider, collector), "\(title): another provider suffers")
    if let companion = probe.companion, !fault.stopsWorkspace {
      #expect(during.succeeded(probe.provider, companion), "\(title): another collector suffers")
    }
    #expect(during.succeeded == requests.isEmpty, "\(title): success with a failure, or the other way round")

    simulator.faults.clear()
    clock.advance(by: Self.pause)
    let after = try await settled(rig)
    expectNoFall(during.scrape, after.scrape, at: clock.now())
    #expect(after.succeeded, "\(title): not over")
    if let before, !fault.inflates { expectGrowth(from: before, to: after, by: 3, title) }
    use(4)
    let later = try await settled(rig)
    expectGrowth(from: after, to: later, by: 4, title, atMost: fault.inflates)
    #expect(simulator.log.leakedCredentials.isEmpty, "\(title): a credential went elsewhere")
    return Self.words(requests, rows)
  }

  /// - Parameter atMost: whether some of it may have been counted before, when too much was told.
  private func expectGrowth(
    from before: MatrixLook, to after: MatrixLook, by count: Int, _ title: String, atMost: Bool = false
  ) {
    guard probe.counter != nil else { return }
    let expected: [String: Double] =
      probe.entities.isEmpty
      ? ["": Double(2 * count + 1)]
      : [
        probe.entities[0]: Double(count) * probe.worth, probe.entities[1]: Double(count + 1) * probe.worth,
      ]
    for (entity, growth) in expected {
      let shown = (after.counts[entity] ?? 0) - (before.counts[entity] ?? 0)
      let isRight = atMost ? shown <= growth : shown == growth
      #expect(isRight, "\(title): \(entity) grew by \(shown), not by \(growth)")
    }
  }

  private static func words(_ requests: Set<String>, _ rows: Set<String>) -> String {
    let words = requests.sorted() + rows.sorted().map { "row: \($0)" }
    return words.isEmpty ? "read" : words.joined(separator: ", ")
  }
}
