import Providers
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// A part that cannot be read keeps no other from being read, and a provider that is in trouble is left alone.
@Suite struct CourseTests {
  /// The collectors that ask for each day.
  private static let probes =
    Probe.langdock
    + ["agents", "feedback", "users", "messages", "consumption", "workspace_usage"].map { .named("dust/\($0)") }
  private static let today = LocalCalendar.utc.day(at: now)

  @Test(arguments: probes) func aDayThatCannotBeReadIsPassedBy(_ probe: Probe) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(500), at: probe.service, path: probe.path, sparing: 1, times: 1)
      let outcome = try await desk.collect(probe, desk.demand(days: 4))
      #expect(outcome.unread?.days == [Self.today.advanced(by: -1)])
      #expect(outcome.unread?.failure.reason == .server)
      #expect(outcome.days == [0, -2, -3].map { Self.today.advanced(by: $0) })
    }
  }

  @Test(arguments: [
    Fault.connectionCut(keeping: 0.5), .garbage, .html(status: 200), .lateError(),
  ])
  func soIsOneThatIsNotWhole(_ fault: Fault) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(fault, at: .dust, sparing: 1, times: 1)
      let outcome = try await desk.collect(.named("dust/consumption"), desk.demand(days: 4))
      #expect(outcome.unread?.days == [Self.today.advanced(by: -1)])
      #expect(outcome.days == [0, -2, -3].map { Self.today.advanced(by: $0) })
    }
  }

  @Test(arguments: probes) func theSecondFailureInARowIsTheEnd(_ probe: Probe) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(500), at: probe.service, path: probe.path, sparing: 1, times: 2)
      let outcome = try await desk.collect(probe, desk.demand(days: 4))
      #expect(outcome.failure?.reason == .server)
      #expect(outcome.days == [Self.today])
    }
  }

  @Test(arguments: probes) func aFirstFailureIsTheEnd(_ probe: Probe) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(500), at: probe.service, path: probe.path)
      let outcome = try await desk.collect(probe, desk.demand(days: 4))
      #expect(outcome.failure?.reason == .server)
      #expect(desk.ends.all.count == 1)
    }
  }

  @Test(arguments: [
    Fault.unauthorized, .rateLimited(.none), .rateLimited(.seconds(60)), .unavailable(.seconds(60)),
  ])
  func aRefusalIsTheEnd(_ fault: Fault) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(fault, at: .dust, sparing: 1, times: 1)
      let outcome = try await desk.collect(.named("dust/agents"), desk.demand(days: 4))
      #expect(outcome.failure != nil)
      #expect(outcome.days == [Self.today])
      #expect(desk.ends.all.filter { $0.failure != nil && $0.status != nil }.count == 1)
    }
  }

  @Test func aMonthThatCannotBeReadIsAFailureAndTheUsersAreRead() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(500), at: .dust, sparing: 2, times: 1)
      let outcome = try await desk.collect(
        .named("dust/agents"), desk.demand(days: 2, periods: [.day, .month], users: [7]))
      #expect(outcome.failure?.reason == .server)
      #expect(outcome.unread == nil)
      #expect(outcome.days == [0, -1].map { Self.today.advanced(by: $0) })
      #expect(outcome.answers.count == 3)
    }
  }
}
