import Collection
import Foundation
import Providers
package import Settings
package import Upstream
package import Usage

/// Asks every configured provider once per collector, and touches nothing: no ledger, no stored pause.
package struct Examination: Sendable {
  /// Told of each collector as its turn comes, for a progress line.
  package typealias Progress = @Sendable (_ workspace: WorkspaceID, _ collector: String) -> Void

  let clock: any WallClock
  let transports: TransportPool
  let random: @Sendable () -> Double
  let regions: @Sendable (ProviderKind) -> [String]
  let hasNetwork: @Sendable () async -> Bool
  let progress: Progress

  /// Workspaces at a time.
  private static let width = 8

  /// - Parameters:
  ///   - transports: whose timeout is what a request may take.
  ///   - random: random numbers in 0..<1.
  ///   - regions: the addresses among which a provider divides its customers.
  ///   - hasNetwork: whether a way leads out of this machine, asked when a name is not found.
  package init(
    clock: any WallClock, transports: TransportPool,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    regions: @escaping @Sendable (ProviderKind) -> [String] = { ProviderRegistry.adapter(for: $0)?.regions ?? [] },
    hasNetwork: @escaping @Sendable () async -> Bool = NetworkRoute.leadsOut,
    progress: @escaping Progress = { _, _ in }
  ) {
    self.clock = clock
    self.transports = transports
    self.random = random
    self.regions = regions
    self.hasNetwork = hasNetwork
    self.progress = progress
  }

  /// How many collectors will be asked.
  package static func size(_ settings: Settings) -> Int {
    settings.workspaces.reduce(0) { $0 + WorkspaceAssembly.plan($1).members.count }
  }

  package func run(_ settings: Settings) async -> Report {
    let start = clock.now()
    let workspaces = settings.workspaces
    var results: [Int: WorkspaceResult] = [:]
    await withTaskGroup(of: (Int, WorkspaceResult).self) { group in
      for index in workspaces.indices {
        if index >= Self.width, let (done, result) = await group.next() { results[done] = result }
        group.addTask { (index, await WorkspaceExamination(workspaces[index], self).run()) }
      }
      for await (done, result) in group { results[done] = result }
    }
    let ordered = workspaces.indices.compactMap { results[$0] }
    return Report(checkedAt: start, clock: ClockCheck(ordered.map(\.skews)), workspaces: ordered.map(\.report))
  }
}

/// A workspace's report, and what its answers say of the clock.
struct WorkspaceResult: Sendable {
  let report: WorkspaceReport
  let skews: [Double]
}
