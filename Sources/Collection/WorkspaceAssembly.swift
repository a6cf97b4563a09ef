package import Foundation
import Ledger
import Providers
import Publication
package import Settings
package import Upstream
import Usage

/// Makes a collection of a workspace's settings.
package enum WorkspaceAssembly {
  /// - Parameter former: what counted the requests of the same workspace before a reload, and goes on with those that are
  ///   still under way.
  /// - Throws: what reading the secret throws.
  package static func make(
    _ settings: WorkspaceSettings, environment: CollectionEnvironment, transports: TransportPool,
    continuing former: RequestCounter? = nil
  ) throws -> WorkspaceCollection {
    let plan = plan(settings)
    let counter = former ?? RequestCounter(endpoints: [])
    counter.announce(plan.endpoints)
    let source = settings.secret
    let secret = try SecretBox { try source.read() }
    let api = client(
      settings, secret: secret, clock: environment.clock, random: environment.random, observer: counter,
      transports: transports)
    return WorkspaceCollection(plan: plan, environment: environment, api: api, secret: secret, counter: counter)
  }

  package static func plan(_ settings: WorkspaceSettings) -> WorkspacePlan {
    let adapter = ProviderRegistry.adapter(for: settings.id.provider)
    let options = ProviderOptions(
      remoteWorkspace: settings.remoteWorkspace, exposePhoneNumbers: settings.exposePhoneNumbers)
    let known = adapter?.collectors(options) ?? []
    let members = known.compactMap { collector -> WorkspacePlan.Member? in
      guard let entry = settings.collectors.first(where: { $0.name == collector.name }), entry.enabled else {
        return nil
      }
      return WorkspacePlan.Member(collector, minInterval: entry.minInterval)
    }
    return WorkspacePlan(
      id: settings.id,
      policy: CollectionPolicy(
        calendar: settings.calendar, periods: settings.periods, activeUserWindows: settings.activeUserWindows,
        restateDays: settings.restateDays, restateInterval: settings.restateInterval),
      counting: CountingPolicy(
        zeroHold: settings.zeroHold, maxAgents: settings.maxAgents, movesInto: adapter?.movesInto),
      maxStaleness: settings.maxStaleness, members: members, preference: adapter?.preference ?? [:],
      budgets: settings.budgets,
      disabledCollectors: settings.collectors.filter { !$0.enabled }.map(\.name))
  }

  /// How many requests a day a workspace makes: each refresh asks for one answer a window, and each closed day that may
  /// still be restated for one more.
  package static func requestsPerDay(_ settings: WorkspaceSettings, at now: Date = Date()) -> Int {
    let plan = plan(settings)
    let demand = plan.policy.idleDemand(at: now)
    return plan.members.reduce(0) { sum, member in
      var perDay = 86_400 / member.minInterval * Double(member.collector.requestsPerRefresh(demand))
      switch member.collector.buckets {
      case .days where !member.collector.asksForEachDay: break
      case .days, .singleDays:
        perDay += Double(settings.restateDays) * 86_400 / max(settings.restateInterval, member.minInterval)
      case .log: perDay += settings.restateDays > 0 ? 1 : 0
      case .asAnswered: break
      }
      return sum + Int(perDay.rounded(.up))
    }
  }
}
