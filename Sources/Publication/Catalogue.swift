import Exposition
import Usage

/// Every metric that the exporter can write, in the order in which it writes them. What is not in here cannot be written.
package enum Catalogue {
  package static let all: [MetricDescriptor] =
    UsageMetrics.all + WorkspaceMetrics.all + CollectorMetrics.all + APIMetrics.all + LedgerMetrics.all
    + ExporterMetrics.all

  /// Those that are rendered when something changes; the rest are rendered for each scrape.
  package static let published: [MetricDescriptor] =
    UsageMetrics.all + WorkspaceMetrics.all + CollectorMetrics.all + APIMetrics.all + LedgerMetrics.perWorkspace
}
