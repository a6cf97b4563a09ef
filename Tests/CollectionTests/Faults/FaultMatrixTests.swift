import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Every fault of the simulator × every collector × every state of the exporter: no counter falls, the other collectors stay
/// fresh, the reason counted is the expected one, and once the fault is over the totals are exact.
///
/// What is seen stands in `Tests/FaultMatrix.md`. Each fault meets each collector in one of the three states, another in
/// turn; `AGENTUSAGE_FAULT_MATRIX=full` plays all of them, in seven minutes of a core, and writes the file anew.
@Suite struct FaultMatrixTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("FaultMatrix.md").path
  private static let isFull = ProcessInfo.processInfo.environment["AGENTUSAGE_FAULT_MATRIX"] == "full"

  @Test func everyFaultMeetsEveryCollector() async throws {
    let matrix = try await withThrowingTaskGroup(of: (Int, FaultMatrix.Column).self) { group in
      for index in MatrixProbe.all.indices {
        group.addTask { (index, try await Self.column(index)) }
      }
      return FaultMatrix(columns: try await group.reduce(into: [:]) { $0[$1.0] = $1.1 })
    }
    for fault in matrix.surprises { Issue.record("\(fault)") }
    if Self.isFull {
      try matrix.document.write(toFile: Self.path, atomically: true, encoding: .utf8)
    } else {
      let committed = try String(contentsOfFile: Self.path, encoding: .utf8)
      for difference in matrix.differences(from: committed) { Issue.record("\(difference)") }
    }
  }

  private static func column(_ index: Int) async throws -> FaultMatrix.Column {
    var column: FaultMatrix.Column = [:]
    for (turn, state) in MatrixScene.State.allCases.enumerated() {
      let numbers = MatrixFault.all.indices.filter { isFull || ($0 + index) % MatrixScene.State.allCases.count == turn }
      // A part of a day each, so that no midnight is among the faults.
      for start in stride(from: 0, to: numbers.count, by: 12) {
        let part = numbers[start..<min(start + 12, numbers.count)]
        let outcomes = try await outcomes(MatrixProbe.all[index], state, part.map { MatrixFault.all[$0] })
        for (number, outcome) in zip(part, outcomes) { column[number, default: [:]][state] = outcome }
      }
    }
    return column
  }

  private static func outcomes(
    _ probe: MatrixProbe, _ state: MatrixScene.State, _ faults: [MatrixFault]
  ) async throws -> [String] {
    let moment = try instant("2026-11-19T01:00:00Z")
    let change: @Sendable (inout Simulator.Configuration) -> Void = { configuration in
      configuration.dust.workspaceUsageAlive = true
      configuration.dust.usageDataEnabled = true
    }
    return try await withSimulator(MatrixCompany.empty(at: moment), at: moment, change) {
      try await MatrixScene(probe: probe, state: state, simulator: $0, clock: $1).run(faults)
    }
  }
}
