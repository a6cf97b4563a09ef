import Collection
import Foundation
import Usage

/// Something that is wrong, wherever it is so: the same with several collectors or workspaces of a provider is one problem.
struct ProblemView {
  /// So many workspaces are named.
  static let namedLimit = 6

  let label: String
  let sign: String
  let provider: String
  let names: [String]
  /// As `and 12 more`; nil if all are named.
  let others: String?
  let collectors: String
  let sentence: String
  let remedy: String
  let lastSuccess: InstantText?
  let nextAttempt: InstantText?
  /// What becomes of the values that were read before.
  let consequence: String

  /// - Returns: the worst first.
  static func all(_ status: ExporterStatus) -> [ProblemView] {
    var groups: [Cause: [Case]] = [:]
    var order: [Cause] = []
    for workspace in status.workspaces {
      for collector in workspace.collectors where collector.state.needsAttention {
        let cause = Cause(workspace, collector, now: status.at)
        if groups[cause] == nil { order.append(cause) }
        groups[cause, default: []].append(Case(workspace: workspace, collector: collector))
      }
    }
    // Stable: those that are as bad keep the configuration's order.
    let sorted = order.enumerated().sorted { ($0.element.state, $0.offset) < ($1.element.state, $1.offset) }
    return sorted.compactMap { _, cause in groups[cause].flatMap { ProblemView(cause, $0, now: status.at) } }
  }

  private struct Cause: Hashable {
    let provider: ProviderKind
    let state: StatusState
    let sentence: String
    let remedy: String

    init(_ workspace: WorkspaceStatus, _ collector: CollectorStatus, now: Date) {
      provider = workspace.id.provider
      state = collector.state
      // How late it is differs from one to the next, but is one problem.
      sentence = collector.state == .late ? "" : Advice.sentence(collector, now: now)
      remedy = Advice.remedy(collector)
    }
  }

  private struct Case {
    let workspace: WorkspaceStatus
    let collector: CollectorStatus
  }

  private init?(_ cause: Cause, _ cases: [Case], now: Date) {
    guard let first = cases.first else { return nil }
    label = cause.state.label
    sign = cause.state.sign
    provider = cause.provider.title
    let workspaces = cases.map(\.workspace.id.name).unique
    names = Array(workspaces.prefix(Self.namedLimit))
    others = workspaces.count > Self.namedLimit ? "and \(workspaces.count - Self.namedLimit) more" : nil
    collectors = cases.map(\.collector.name).unique.joined(separator: ", ")
    let worst = cases.min { ($0.collector.lastSuccess ?? .distantPast) < ($1.collector.lastSuccess ?? .distantPast) }
    sentence = cause.sentence.isEmpty ? Advice.sentence((worst ?? first).collector, now: now) : cause.sentence
    remedy = cause.remedy
    let calendar = first.workspace.calendar
    lastSuccess = (worst ?? first).collector.lastSuccess.map { InstantText($0, now: now, in: calendar) }
    let next =
      cases.contains { $0.collector.nextAttempt == nil } ? nil : cases.compactMap(\.collector.nextAttempt).min()
    nextAttempt = next.map { InstantText($0, now: now, in: calendar) }
    consequence = Self.consequence(cases.compactMap(\.collector.publishedUntil), now: now)
  }

  private static func consequence(_ publishedUntil: [Date], now: Date) -> String {
    guard let first = publishedUntil.min() else { return "There are no values yet." }
    if first < now { return "Too old to be published: the series are withdrawn until there are new values." }
    return "The last good values are published for another \(InstantText.span(max(1, first.timeIntervalSince(now))))."
  }
}

extension [String] {
  /// Each once, in their order.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
