package import Collection
package import Foundation
import Ledger
import Providers
import Upstream
package import Usage

/// Everything that can be the matter with a workspace, for pages to be tested and looked at.
package enum Scene: String, CaseIterable, Sendable {
  case fine
  case waiting
  case firstCollection = "first collection"
  case late
  case slow
  case catchingUp = "catching up"
  case unreachable
  case inTrouble = "in trouble"
  case garbled
  case diskFull = "disk full"
  case restarted
  case rateLimited = "rate limited"
  case resting
  case refused
  case withdrawn
  case notEnabled = "not enabled"
  case noticed

  /// The state of the workspace in this scene.
  package var state: StatusState {
    switch self {
    case .fine, .notEnabled, .noticed: .fine
    case .waiting, .firstCollection: .waiting
    case .late, .slow: .late
    case .catchingUp: .catchingUp
    case .unreachable, .inTrouble, .garbled, .diskFull, .restarted, .withdrawn: .failing
    case .rateLimited, .resting: .rateLimited
    case .refused: .refused
    }
  }

  /// Words that the page must hold because of this scene.
  package var words: [String] {
    switch self {
    case .fine: ["Fine"]
    case .waiting: ["Waiting for first data"]
    case .firstCollection: ["Waiting for first data", "collecting now"]
    case .late: ["No collection was completed for 5 h.", "check that Prometheus scrapes this exporter"]
    case .slow: ["No collection was completed for 5 h.", "A collection is under way and takes long", "collecting now"]
    case .catchingUp: ["Catching up"]
    case .unreachable: ["No connection: check base_url.", "name, network, proxy, certificate"]
    case .inTrouble: ["The provider is in trouble; it is asked again later.", "Nothing, if it passes: the provider is"]
    case .garbled: ["The answer is cut off.", "look for a newer version of the exporter"]
    case .diskFull: ["The ledger was not written.", "Make room in the folder of --state.path"]
    case .restarted: ["failed before the exporter was last started"]
    case .rateLimited: ["The provider asks for fewer requests.", "a lower requests_per_minute", "in 10 min", "Paused"]
    case .resting: ["The provider asked for a pause, which is not over yet.", "Paused"]
    case .refused: ["Credential refused", "The provider refused the credential.", "api_key_file", "in 15 min"]
    case .withdrawn: ["the series are withdrawn until there are new values"]
    case .notEnabled: ["Not enabled", "Ask the provider for the export."]
    case .noticed: ["Only one user is seen.", "Good to know"]
    }
  }

  /// A workspace of a provider in this scene.
  package func workspace(
    _ provider: ProviderKind, name: String, at now: Date, in calendar: LocalCalendar = .utc
  ) -> WorkspaceStatus {
    let known = ProviderRegistry.adapter(for: provider)?.defaults.collectors ?? []
    let collectors = known.filter(\.enabled).enumerated().map { index, collector in
      let scene = isOfAll || index == 0 ? self : .fine
      return CollectorStatus(name: collector.name, scene.standing(collector.minInterval, at: now), at: now)
    }
    var requests = RequestsOfDay(since: now.addingTimeInterval(-3600))
    requests.add(1234, at: now, in: calendar)
    var status = WorkspaceStatus(
      id: WorkspaceID(provider, name), calendar: calendar, collectors: collectors, requests: requests)
    status.switchedOff = known.filter { !$0.enabled }.map(\.name)
    status.pausedUntil = block(at: now)?.until
    status.allowance = ProviderAllowance(
      limit: 5000, remaining: self == .rateLimited ? 0 : 4321, reset: now.addingTimeInterval(1800))
    status.series = 1088
    return status
  }

  /// Whether what is the matter is so with every collector, and not with the first alone.
  private var isOfAll: Bool {
    switch self {
    case .waiting, .late, .rateLimited, .resting, .refused, .unreachable, .withdrawn, .diskFull: true
    default: false
    }
  }

  func block(at now: Date) -> RequestBlock? {
    switch self {
    case .rateLimited, .resting: RequestBlock(until: now.addingTimeInterval(600), reason: .rateLimited)
    case .refused: RequestBlock(until: now.addingTimeInterval(RequestBlock.refusalPause), reason: .auth)
    default: nil
    }
  }
}
