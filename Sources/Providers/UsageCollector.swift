package import Upstream
package import Usage

/// How a collector's counters are cut into buckets.
package enum BucketRule: Sendable, Hashable {
  /// By calendar day, which can be asked for as far back as `history` days.
  case days(history: Int)
  /// As the answers have it: a period so far, or all time. Nothing can be asked for later.
  case asAnswered
}

/// One table of a provider: asks for what is demanded and hands over each answer as it comes.
package protocol UsageCollector: Sendable {
  /// The value of the label `collector`, and the key in the configuration.
  var name: String { get }
  var buckets: BucketRule { get }
  /// The values of the label `endpoint` that its requests carry.
  var endpoints: [String] { get }

  /// - Parameter deliver: takes each answer at once, so that what was read stays read if a later request fails.
  /// - Throws: ``UpstreamFailure``, or what `deliver` throws.
  func collect(
    _ demand: Demand, from api: APIClient, deliver: (Answer) async throws -> Void
  ) async throws

  /// The requests that one refresh makes when nothing is missed, for `periods` and `activeUsers`.
  func requestsPerRefresh(_ demand: Demand) -> Int
}

/// What a workspace's configuration says to a provider's collectors.
package struct ProviderOptions: Sendable {
  /// The workspace as the provider knows it (`workspace_id`).
  package let remoteWorkspace: String?
  package let exposePhoneNumbers: Bool

  package init(remoteWorkspace: String? = nil, exposePhoneNumbers: Bool = false) {
    self.remoteWorkspace = remoteWorkspace
    self.exposePhoneNumbers = exposePhoneNumbers
  }
}

/// A provider as the rest of the exporter sees it.
package struct ProviderAdapter: Sendable {
  package let defaults: ProviderDefaults
  /// The entity to which the provider moves the usage of deleted ones.
  package let movesInto: Entity?
  package let collectors: @Sendable (ProviderOptions) -> [any UsageCollector]

  package var kind: ProviderKind { defaults.kind }
}

/// The providers of this version. A new one is a folder of its own, and a line here.
package enum ProviderRegistry {
  package static let all: [ProviderAdapter] = [
    Langdock.adapter,
    AgentPhone.adapter,
  ]

  package static func adapter(for kind: ProviderKind) -> ProviderAdapter? {
    all.first { $0.kind == kind }
  }
}
