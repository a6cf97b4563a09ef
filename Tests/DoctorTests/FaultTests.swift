import Doctor
import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Answers that are faulty, late or none.
@Suite struct FaultTests {
  private static let cases: [(Fault, Verdict)] = [
    (.html(status: 200), .unreadableAnswer), (.html(status: 502), .providerFailure), (.garbage, .unreadableAnswer),
    (.bodyCut(keeping: 0.5), .unreadableAnswer), (.connectionCut(keeping: 0.5), .connectionClosed),
    (.missingCountColumn, .unexpectedAnswer), (.redirect(), .redirected), (.redirectLoop, .redirected),
    (.status(404), .wrongAddress), (.status(400), .requestRefused), (.status(500), .providerFailure),
    (.status(407), .proxyFailure), (.emptyID, .rowsRejected), (.status(403), .missingScope),
  ]

  @Test(arguments: cases.indices) func faultsAreToldApart(_ index: Int) async throws {
    let (fault, verdict) = Self.cases[index]
    try await withRig { rig in
      rig.simulator.faults.inject(fault, at: .agentPhone, path: "/v1/usage/by-agent")
      let report = await rig.examine(try rig.workspace(.agentphone, collectors: ["agents", "numbers"]))
      #expect(report.verdicts.first == verdict, "\(fault): \(report.collectors.first?.message ?? "")")
      // One table's fault is the others' only where it holds for the workspace.
      let isWide = [Verdict.redirected, .proxyFailure, .missingScope].contains(verdict)
      #expect(report.verdicts.last == (isWide ? .notAsked : .ok))
    }
  }

  @Test func rowsThatAreAllRefusedAreNoAnswer() async throws {
    try await withRig { rig in
      rig.simulator.faults.inject(.missingIDColumn, at: .langdock)
      let report = await rig.examine(try rig.workspace(.langdock, collectors: ["agents"]))
      #expect(report.verdicts == [.unexpectedAnswer])
    }
  }

  @Test func aRateLimitSaysWhenToComeBack() async throws {
    try await withRig { rig in
      rig.simulator.faults.inject(.rateLimited(.seconds(600)), at: .tess)
      let report = await rig.examine(try rig.workspace(.tess))
      #expect(report.verdicts == [.rateLimited])
      #expect(report.collectors.first?.retryAt == rig.clock.now().addingTimeInterval(600))
      #expect(report.text().contains("not before: "))
    }
  }

  /// A provider that hangs holds up one request, not one for each collector.
  @Test func aProviderThatHangsIsATimeout() async throws {
    try await withRig { rig in
      rig.simulator.faults.inject(.hang, at: .agentPhone)
      let report = await Rig.examine(
        [try rig.workspace(.agentphone)], clock: rig.clock, patience: .milliseconds(300))
      #expect(report.verdicts == [.timeout, .notAsked, .notAsked, .notAsked])
      #expect(report.clock.skew == nil && report.clock.verdict == .ok)
    }
  }

  @Test func aTableThatHangsLeavesTheOthers() async throws {
    try await withRig { rig in
      rig.simulator.faults.inject(.hang, at: .agentPhone, path: "/v1/usage/daily")
      let report = await Rig.examine([try rig.workspace(.agentphone)], clock: rig.clock, patience: .seconds(5))
      #expect(report.verdicts == [.ok, .ok, .timeout, .ok])
    }
  }
}
