import Doctor
import Foundation
import Settings
import Simulator
import TestSupport
import Testing
import Usage

/// Examinations of simulated vendors that are well, or say no.
@Suite struct ExaminationTests {
  @Test(arguments: ProviderKind.allCases) func whatWorksIsOK(_ kind: ProviderKind) async throws {
    try await withRig { rig in
      let workspace = try rig.workspace(kind)
      let report = await rig.examine(workspace)
      #expect(report.severity == .ok)
      #expect(report.verdicts.allSatisfy { $0 == .ok })
      #expect(report.collectors.map(\.collector) == workspace.collectors.filter(\.enabled).map(\.name))
      #expect(report.collectors.contains { $0.rows > 0 })
      #expect(report.collectors.allSatisfy { $0.answeredAt == rig.clock.now() && $0.message == nil })
      // One request each; Langdock's export is followed by its download if there are rows.
      #expect(report.collectors.allSatisfy { (1...(kind == .langdock ? 2 : 1)).contains($0.requests) })
      #expect(report.clock.verdict == .ok && report.clock.answers > 0)
    }
  }

  /// What was used is of this very instant, of which the vendors tell more or less.
  @Test(
    arguments: [
      (
        .langdock, ["agents", "models", "api_keys"], [.day, .day, .day],
        [.agent: 2, .model: 2, .apiKey: 1, .project: 0]
      ),
      (.dust, ["agents", "active_users", "messages"], [.day, .day, .instant], [.agent: 2, .user: 2]),
      (.tess, ["executions"], [.instant], [.agent: 1, .user: 2]),
      (
        .agentphone, ["agents", "account", "numbers", "daily"], [.untold, .untold, .untold, .day],
        [.agent: 2, .phoneNumber: 1]
      ),
    ] as [(ProviderKind, [String], [Exactness], [Scope: Int])])
  func freshnessIsNoMoreThanIsTold(
    kind: ProviderKind, collectors: [String], exactness: [Exactness], seen: [Scope: Int]
  ) async throws {
    try await withRig { rig in
      let report = await rig.examine(try rig.workspace(kind, collectors: collectors))
      let now = rig.clock.now()
      let today = LocalCalendar.utc.day(at: now)
      let byName = Dictionary(uniqueKeysWithValues: report.collectors.map { ($0.collector, $0) })
      for (name, exactness) in zip(collectors, exactness) {
        let newest = byName[name]?.newestUsage
        switch exactness {
        case .instant: #expect(newest == .instant(now), "\(name)")
        case .day: #expect(newest == .day(today), "\(name)")
        case .untold: #expect(newest == nil, "\(name)")
        }
      }
      for (scope, number) in seen { #expect(report.workspaces.first?.seen[scope] ?? 0 == number, "\(scope)") }
    }
  }

  enum Exactness: Sendable { case instant, day, untold }

  @Test(arguments: [(ProviderKind.langdock, 0), (.dust, 0), (.tess, 6)])
  func noUsageIsSaidAsFarBackAsWasAsked(kind: ProviderKind, days: Int) async throws {
    try await withRig(isEmpty: true) { rig in
      let report = await rig.examine(try rig.workspace(kind))
      let first = LocalCalendar.utc.day(at: rig.clock.now()).advanced(by: -days)
      #expect(report.collectors.allSatisfy { $0.newestUsage == .noneSince(first) && $0.answeredAt != nil })
      #expect(report.workspaces.first?.seen == [:])
    }
  }

  /// Something that a vendor says no to.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: ProviderKind
    let verdict: Verdict
    let status: Int
    var key: String?
    var remote: String?
    var change: @Sendable (inout Simulator.Configuration) -> Void = { _ in }
  }

  static let refusals = [
    Refusal(testDescription: "langdock, wrong key", kind: .langdock, verdict: .wrongKey, status: 401, key: "sk-ld-no"),
    Refusal(
      testDescription: "langdock, no scope", kind: .langdock, verdict: .missingScope, status: 403,
      key: "sk-ld-without-scope"),
    Refusal(testDescription: "dust, wrong key", kind: .dust, verdict: .wrongKey, status: 401, key: "sk-no"),
    Refusal(
      testDescription: "dust, no scope", kind: .dust, verdict: .missingScope, status: 403, key: "sk-dust-builder"),
    Refusal(
      testDescription: "dust, key of another workspace", kind: .dust, verdict: .wrongWorkspace, status: 401,
      key: "sk-dust-elsewhere"),
    Refusal(
      testDescription: "dust, wrong workspace", kind: .dust, verdict: .wrongWorkspace, status: 404, remote: "nobody"),
    Refusal(
      testDescription: "dust, moved to the other region", kind: .dust, verdict: .wrongRegion, status: 404,
      change: { $0.dust.relocated = true }),
    Refusal(testDescription: "tess, wrong key", kind: .tess, verdict: .wrongKey, status: 401, key: "no"),
    Refusal(
      testDescription: "tess, wrong key as 403", kind: .tess, verdict: .wrongKey, status: 403, key: "no",
      change: { $0.tess.authenticationError = .invalidAuthentication }),
    Refusal(
      testDescription: "tess, no ability", kind: .tess, verdict: .missingScope, status: 403,
      key: "9|tess-without-ability"),
    Refusal(
      testDescription: "tess, wrong workspace", kind: .tess, verdict: .wrongWorkspace, status: 403, remote: "99"),
    Refusal(
      testDescription: "tess, no number", kind: .tess, verdict: .wrongWorkspace, status: 422, remote: "acme"),
    Refusal(
      testDescription: "agentphone, wrong key", kind: .agentphone, verdict: .wrongKey, status: 401, key: "sk_no"),
  ]

  /// One request tells, and the others are spared.
  @Test(arguments: refusals) func refusalsAreToldApart(_ refusal: Refusal) async throws {
    try await withRig(refusal.change) { rig in
      let workspace = try rig.workspace(refusal.kind, key: refusal.key, remote: refusal.remote)
      let report = await rig.examine(workspace)
      #expect(report.verdicts.first == refusal.verdict)
      #expect(report.collectors.first?.httpStatus == refusal.status)
      #expect(report.verdicts.dropFirst().allSatisfy { $0 == .notAsked })
      #expect(rig.simulator.log.requests.count == 1)
      #expect(report.severity == .error)
    }
  }

  /// A key and a workspace that this region does not know, and the other does.
  @Test func theOtherRegionIsFound() async throws {
    try await withRig { rig in
      try await withRig({ $0.dust.workspace = "otherWksp" }) { here in
        let regions = [here.simulator.dustURL, rig.simulator.dustURL]
        var workspace = try rig.workspace(.dust)
        workspace.baseURL = here.simulator.dustURL
        let moved = await here.examine(workspace, regions: regions)
        #expect(moved.verdicts.first == .wrongRegion)
        #expect(moved.collectors.first?.region == rig.simulator.dustURL)
        #expect(moved.collectors.first?.message?.contains(rig.simulator.dustURL) == true)

        // Known nowhere.
        workspace.remoteWorkspace = "nobody"
        #expect(await here.examine(workspace, regions: regions).verdicts.first == .wrongWorkspace)

        // A deployment of one's own has no other region, and the key goes nowhere else.
        let asked = rig.simulator.log.requests.count
        workspace.remoteWorkspace = rig.simulator.dustWorkspace
        let own = await here.examine(workspace, regions: ["https://dust.invalid", rig.simulator.dustURL])
        #expect(own.verdicts.first == .wrongWorkspace)
        #expect(rig.simulator.log.requests.count == asked)
      }
    }
  }

  @Test func aKeyThatSeesItsOwnerOnlyIsAWarning() async throws {
    try await withRig({ $0.keys.tessOwnOnly = ["8|own": "usr-1"] }) { rig in
      let report = await rig.examine(try rig.workspace(.tess, key: "8|own"))
      #expect(report.verdicts == [.notice])
      #expect(report.severity == .warning)
      #expect(rig.simulator.log.requests.count == 1)
    }
  }

  @Test func whatIsNotSwitchedOnIsAWarning() async throws {
    try await withRig({ $0.dust.consumptionEnabled = false }) { rig in
      let report = await rig.examine(
        try rig.workspace(.dust, collectors: ["agents", "consumption", "workspace_usage"]))
      #expect(report.verdicts == [.ok, .notEnabled, .notEnabled])
      #expect(report.severity == .warning)
      #expect(report.collectors[1].message?.contains("consumption_export_api") == true)
    }
  }

  @Test(arguments: [ProviderKind.langdock, .tess]) func aWorkspaceWithoutRowsIsAWarning(_ kind: ProviderKind)
    async throws
  {
    try await withRig(isEmpty: true) { rig in
      let report = await rig.examine(try rig.workspace(kind))
      #expect(report.verdicts.allSatisfy { $0 == .ok })
      #expect(report.workspaces.first?.findings.map(\.verdict) == [.empty])
      #expect(report.severity == .warning)
    }
  }

  @Test func aPaceAboveTheKnownLimitIsAWarning() async throws {
    try await withRig { rig in
      var workspace = try rig.workspace(.tess)
      workspace.requestsPerMinute = 61
      let report = await rig.examine(workspace)
      #expect(report.workspaces.first?.findings.map(\.verdict) == [.paceAboveLimit])
      #expect(report.workspaces.first?.knownLimitPerMinute == 60)
    }
  }

  @Test func aKeyThatCannotBeReadIsSaid() async throws {
    try await withRig { rig in
      var workspace = try rig.workspace(.agentphone)
      workspace.secret = .file(path: "/nowhere/canary-path")
      let report = await rig.examine(workspace)
      #expect(report.verdicts.allSatisfy { $0 == .secretUnreadable })
      #expect(!report.text().contains("canary"))
      #expect(rig.simulator.log.requests.isEmpty)
    }
  }

  /// What one vendor does to us is not told of another, and the order is the configuration's.
  @Test func workspacesAreExaminedEachForItself() async throws {
    try await withRig { rig in
      let workspaces = try (0..<12).map { number in
        var workspace = try rig.workspace(number.isMultiple(of: 2) ? .agentphone : .tess)
        workspace.id = WorkspaceID(workspace.id.provider, "w\(number)")
        if number == 5 { workspace.secret = .literal(Secret("wrong")) }
        return workspace
      }
      let report = await Rig.examine(workspaces, clock: rig.clock)
      #expect(report.workspaces.map(\.id) == workspaces.map(\.id))
      #expect(report.workspaces.map(\.severity).enumerated().allSatisfy { $1 == ($0 == 5 ? .error : .ok) })
    }
  }
}
