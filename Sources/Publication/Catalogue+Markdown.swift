import Exposition
import Usage

extension Catalogue {
  /// The metric reference of the README: one table for each group, in the order of the exposition.
  package static var markdown: String {
    MetricDescriptor.Group.allCases.map { group in
      let rows = all.filter { $0.group == group }.map(row).joined(separator: "\n")
      return "#### \(group.rawValue)\n\n| metric | type | labels | meaning |\n|---|---|---|---|\n\(rows)\n"
    }.joined(separator: "\n")
  }

  private static func row(_ metric: MetricDescriptor) -> String {
    let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
    let providers = metric.providers.map(\.rawValue).joined(separator: ", ")
    let source = providers.isEmpty ? "" : " *(\(providers))*"
    return "| `\(metric.family.name)` | \(metric.family.kind.rawValue) | \(labels) | \(metric.family.help)\(source) |"
  }
}
