import Collection
package import Exposition
package import Foundation
import Ledger
import Providers
package import Settings
package import Upstream
package import Usage

/// Reads the past of workspaces from their providers, and writes it as OpenMetrics.
package struct Backfill: Sendable {
  /// How the samples are written; none of it changes what is read.
  package struct Format: Sendable {
    /// Seconds between two samples of a series within a day.
    package var step: TimeInterval = 3600
    /// Added to every series, as Prometheus adds those of a target.
    package var labels: [Label] = []

    package init() {}
  }

  package struct Surroundings: Sendable {
    package let clock: any WallClock
    /// Random numbers in 0..<1.
    package let random: @Sendable () -> Double
    package let transports: TransportPool
    package let observer: any BackfillObserver

    package init(
      clock: any WallClock, random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
      transports: TransportPool, observer: any BackfillObserver
    ) {
      self.clock = clock
      self.random = random
      self.transports = transports
      self.observer = observer
    }
  }

  package let plan: BackfillPlan
  package let spill: Spill
  let settings: [WorkspaceSettings]
  let surroundings: Surroundings

  /// Plans, and begins or goes on with the spill in a folder.
  ///
  /// - Throws: ``BackfillRefusal`` or ``SpillFault``.
  package init(
    _ request: BackfillRequest, of settings: [WorkspaceSettings], folder: String, _ surroundings: Surroundings
  ) throws {
    let now = surroundings.clock.now()
    self.settings = settings
    self.surroundings = surroundings
    plan = try BackfillPlan(request, of: settings.map(Self.candidate), at: now)
    spill = try Spill(folder: folder, SpillIdentity(from: request.from, settings), plan, to: request.to, at: now)
  }

  private static func candidate(_ settings: WorkspaceSettings) -> BackfillCandidate {
    BackfillCandidate(
      id: settings.id, calendar: settings.calendar,
      collectors: WorkspaceAssembly.plan(settings).members.map {
        .init($0.collector.name, pastDays: $0.collector.pastDays)
      })
  }

  /// Reads what is missing, all workspaces at once, each at its own pace.
  ///
  /// - Throws: ``BackfillFailure`` or ``SpillFault`` of the workspace that failed first, or `CancellationError`.
  package func read() async throws {
    try await announce()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for workspace in settings { group.addTask { try await read(workspace) } }
      try await group.waitForAll()
    }
  }

  private func announce() async throws {
    var parts: [(unit: BackfillUnit, missing: Int, weight: Double)] = []
    for unit in spill.units {
      let collector = collectors(of: unit.id.workspace)[unit.id.name]
      // Of what one answer tells many days, a day costs next to nothing.
      let weight = collector?.asksForEachDay == false ? 1.0 / 28 : 1
      parts.append((unit, try await spill.missing(of: unit).count, weight))
    }
    surroundings.observer.began(parts)
  }

  private func collectors(of workspace: WorkspaceID) -> [String: any UsageCollector] {
    guard let settings = settings.first(where: { $0.id == workspace }) else { return [:] }
    let members = WorkspaceAssembly.plan(settings).members
    return Dictionary(members.map { ($0.collector.name, $0.collector) }) { first, _ in first }
  }

  private func read(_ workspace: WorkspaceSettings) async throws {
    let source = workspace.secret
    let secret: SecretBox
    do {
      secret = try SecretBox { try source.read() }
    } catch {
      throw BackfillFailure("\(workspace.id): \(error)")
    }
    let api = WorkspaceAssembly.client(
      workspace, secret: secret, clock: surroundings.clock, random: surroundings.random,
      observer: surroundings.observer, transports: surroundings.transports)
    let collectors = collectors(of: workspace.id)
    for unit in spill.units where unit.id.workspace == workspace.id {
      guard let collector = collectors[unit.id.name] else { continue }
      _ = try await spill.events.register(unit.id, zone: workspace.calendar.name)
      let reader = UnitReader(
        unit: unit, collector: collector, calendar: workspace.calendar, api: api, spill: spill,
        clock: surroundings.clock, random: surroundings.random, observer: surroundings.observer)
      try await reader.run()
    }
  }
}
