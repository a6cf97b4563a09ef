package import Exposition
package import Usage

/// One metric as users know it: the family, its labels, and who gives it.
package struct MetricDescriptor: Sendable, Hashable {
  package let family: Family
  package let labels: [String]
  /// The providers that report it; empty for the exporter's own series.
  package let providers: [ProviderKind]
  package let group: Group

  package enum Group: String, CaseIterable, Sendable {
    case usage = "Usage"
    case workspace = "Workspaces, budgets and periods"
    case collection = "Collection"
    case api = "Requests to providers"
    case ledger = "Ledger"
    case exporter = "Exporter and process"
  }

  init(
    _ name: String, _ kind: Family.Kind, _ labels: [String], _ group: Group, unit: String? = nil,
    providers: [ProviderKind] = [], help: String
  ) {
    family = Family(name, kind, help: help, unit: unit)
    self.labels = labels
    self.providers = providers
    self.group = group
  }
}
