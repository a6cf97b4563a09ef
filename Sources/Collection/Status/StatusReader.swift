import Foundation
package import Usage

/// Says how the exporter fares, however often it is asked: what was found a moment ago is told again.
package actor StatusReader {
  /// Seconds for which a status is told again.
  private static let statusLifetime: TimeInterval = 1
  /// Seconds for which trends are told again, which alone need the ledger.
  private static let boardsLifetime: TimeInterval = 30

  private let coordinator: ScrapeCoordinator
  private let clock: any WallClock
  private var status: ExporterStatus?
  private var boards: (found: [AgentBoard], at: Date)?
  private var reading: Task<ExporterStatus, Never>?

  package init(coordinator: ScrapeCoordinator, clock: any WallClock) {
    self.coordinator = coordinator
    self.clock = clock
  }

  /// No older than a second, but for the agents' usage; those who ask at once share one answer.
  package func current() async -> ExporterStatus {
    if let reading { return await reading.value }
    if let status, Self.isRecent(status.at, Self.statusLifetime, clock.now()) { return status }
    let task = Task { await self.read() }
    reading = task
    defer { reading = nil }
    return await task.value
  }

  private func read() async -> ExporterStatus {
    let now = clock.now()
    let workspaces = await coordinator.workspaceStatus(at: now)
    let boards = await currentBoards(at: now)
    let fresh = ExporterStatus(at: now, workspaces: workspaces, boards: boards, faults: coordinator.faults)
    status = fresh
    return fresh
  }

  private func currentBoards(at now: Date) async -> [AgentBoard] {
    // Before the first agents are known, each look may find them.
    if let boards, !boards.found.isEmpty, Self.isRecent(boards.at, Self.boardsLifetime, now) { return boards.found }
    let found = await coordinator.agentBoards(at: now)
    boards = (found, now)
    return found
  }

  private static func isRecent(_ instant: Date, _ lifetime: TimeInterval, _ now: Date) -> Bool {
    (0..<lifetime).contains(now.timeIntervalSince(instant))
  }
}
