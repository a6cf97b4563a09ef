package import Upstream
package import Usage

/// How a collector's counters are cut into buckets.
package enum BucketRule: Sendable, Hashable {
  /// By calendar day, as far back as `history` days; sums over any span of days can be asked for as well.
  case days(history: Int)
  /// By calendar day, and nothing but single days can be asked for: the sums over periods are made of them.
  case singleDays(history: Int)
  /// By calendar day, out of an event log that is read from its newest row down to those that are known. A day that is
  /// over is read whole once more.
  case log(history: Int)
  /// As the answers have it: a period so far, or all time. Nothing can be asked for later.
  case asAnswered
}

/// Where a collector finds things out.
package struct CollectorSource: Sendable {
  package let api: APIClient
  /// The collector's own memory of single events.
  package let journal: any EventJournal

  package init(api: APIClient, journal: any EventJournal) {
    self.api = api
    self.journal = journal
  }
}

/// Thrown by a collector whose table the provider has not switched on for this workspace: neither usage nor a fault.
package struct NotEnabled: Error, Sendable {
  /// For the operator: how to have it switched on.
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}

/// Thrown by a collector that was answered all that it asked for, but for days that are over.
package struct DaysUnread: Error, Sendable {
  /// Oldest first.
  package let days: [Day]
  /// The first failure.
  package let failure: UpstreamFailure

  package init(days: [Day], failure: UpstreamFailure) {
    self.days = days
    self.failure = failure
  }
}

/// One table of a provider: asks for what is demanded and hands over each answer as it comes.
package protocol UsageCollector: Sendable {
  /// The value of the label `collector`, and the key in the configuration.
  var name: String { get }
  var buckets: BucketRule { get }
  /// The values of the label `endpoint` that its requests carry.
  var endpoints: [String] { get }

  /// - Parameter deliver: takes each answer at once, so that what was read stays read if a later request fails.
  /// - Throws: ``UpstreamFailure``, ``DaysUnread``, ``NotEnabled``, or what `deliver` or the journal throws.
  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws

  /// The requests that one refresh makes when nothing is missed, for `periods` and `activeUsers`.
  func requestsPerRefresh(_ demand: Demand) -> Int

  /// Whether a closed day that is read again costs a request of its own.
  var asksForEachDay: Bool { get }

  /// How many days back, today among them, the usage of a day can be asked for; nil if days that are over cannot be.
  var pastDays: Int? { get }
}

extension UsageCollector {
  package var asksForEachDay: Bool { true }

  package var pastDays: Int? {
    switch buckets {
    case .days(let history), .singleDays(let history), .log(let history): history
    case .asAnswered: nil
    }
  }
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
  /// What its collectors give between them.
  package let gives: ProviderReport
  /// The entity to which the provider moves the usage of deleted ones.
  package let movesInto: Entity?
  /// Families that several collectors count: one of them is published, the first that is switched on and succeeds.
  package let preference: [SeriesFamily: [String]]
  /// The addresses among which the provider divides its customers; a key and a workspace are known at one of them only.
  package let regions: [String]
  /// The most requests a minute that the provider is known to let through; nil if no number is known.
  package let knownLimitPerMinute: Int?
  package let collectors: @Sendable (ProviderOptions) -> [any UsageCollector]

  package var kind: ProviderKind { defaults.kind }

  package init(
    defaults: ProviderDefaults, gives: ProviderReport, movesInto: Entity? = nil,
    preference: [SeriesFamily: [String]] = [:], regions: [String] = [], knownLimitPerMinute: Int? = nil,
    collectors: @escaping @Sendable (ProviderOptions) -> [any UsageCollector]
  ) {
    var defaults = defaults
    defaults.budgetMeasures = gives.budgetMeasures
    self.defaults = defaults
    self.gives = gives
    self.movesInto = movesInto
    self.preference = preference
    self.regions = regions
    self.knownLimitPerMinute = knownLimitPerMinute
    self.collectors = collectors
  }
}

/// The providers of this version. A new one is a folder of its own, and a line here.
package enum ProviderRegistry {
  package static let all: [ProviderAdapter] = [
    Langdock.adapter,
    Dust.adapter,
    Tess.adapter,
    AgentPhone.adapter,
  ]

  package static func adapter(for kind: ProviderKind) -> ProviderAdapter? {
    all.first { $0.kind == kind }
  }
}
