import Collection
import Foundation
import Usage

/// All that the template shows, in its words.
struct PageView {
  /// Workspaces beyond this are shown without their collectors, and those that are fine in one line each.
  static let detailLimit = 24
  /// Problems and notes beyond this are only counted.
  static let listLimit = 30
  /// Up to so many workspaces are shown opened.
  private static let openLimit = 6
  /// Up to so many lines are shown without being asked for.
  private static let calmLimit = 48
  /// So many workspaces are shown in a line.
  static let lineLimit = 500

  let version: String
  let telemetryPath: String
  let style: String
  let title: String
  let verdict: String
  let verdictSign: String
  /// As `1 failing · 3 fine`.
  let tally: String
  let at: InstantText
  let hasProblems: Bool
  let faults: [FaultView]
  let problems: [ProblemView]
  let moreProblems: String?
  let hasNotes: Bool
  let notes: [NoteView]
  let moreNotes: String?
  let workspaces: [WorkspaceView]
  /// With many workspaces those that need nobody, in a line each.
  let calm: [WorkspaceView]
  let calmLabel: String
  let moreCalm: String?
  let hasCalm: Bool
  let isCalmOpen: Bool
  let boards: [BoardView]
  let hasBoards: Bool

  init(_ status: ExporterStatus, version: String, telemetryPath: String, style: String) {
    self.version = version
    self.telemetryPath = telemetryPath
    self.style = style
    at = InstantText(status.at, now: status.at, in: .utc)
    let attention = status.workspaces.filter(\.state.needsAttention).count
    let faultCount = status.faults.count
    title = (attention + faultCount > 0 ? "\(attention + faultCount) need attention – " : "") + "agent-usage-exporter"
    let ownTrouble = faultCount > 0 ? attention > 0 ? ", and so does the exporter" : ", but the exporter does" : ""
    verdict = Self.verdict(status.workspaces, attention) + ownTrouble
    let worst = status.workspaces.map(\.state).min() ?? .switchedOff
    let sign = (worst.needsAttention || status.workspaces.isEmpty ? worst : .fine).sign
    verdictSign = faultCount > 0 && !worst.needsAttention ? StatusState.failing.sign : sign
    faults = status.faults.map { FaultView($0, now: status.at) }
    tally = Self.tally(status.workspaces)
    let found = ProblemView.all(status)
    problems = Array(found.prefix(Self.listLimit))
    hasProblems = !found.isEmpty || faultCount > 0
    moreProblems =
      found.count > Self.listLimit ? "\(found.count - Self.listLimit) more are with their workspaces." : nil
    let said = NoteView.all(status.workspaces)
    notes = Array(said.prefix(Self.listLimit))
    hasNotes = !said.isEmpty
    moreNotes = said.count > Self.listLimit ? "And \(said.count - Self.listLimit) more." : nil
    let (detailed, brief) = Self.split(status.workspaces)
    workspaces = detailed.enumerated().map { offset, workspace in
      let isOpen =
        status.workspaces.count <= Self.openLimit || (workspace.state.needsAttention && offset < Self.openLimit)
      return WorkspaceView(workspace, isOpen: isOpen, now: status.at)
    }
    moreCalm = brief.count > Self.lineLimit ? "And \(NumberText.count(Int64(brief.count - Self.lineLimit))) more." : nil
    calm = brief.prefix(Self.lineLimit).map { WorkspaceView($0, isBrief: true, now: status.at) }
    calmLabel = "\(NumberText.count(Int64(brief.count))) more: \(Self.tally(brief))"
    hasCalm = !calm.isEmpty
    isCalmOpen = calm.count <= Self.calmLimit
    boards = status.boards.map(BoardView.init)
    hasBoards = !boards.isEmpty
  }

  /// The workspaces that are shown with their collectors, the worst first, and those that are not.
  private static func split(_ all: [WorkspaceStatus]) -> (detailed: [WorkspaceStatus], brief: [WorkspaceStatus]) {
    let order = all.indices.sorted { (all[$0].state, $0) < (all[$1].state, $1) }.map { all[$0] }
    guard all.count > detailLimit else { return (order, []) }
    let count = min(detailLimit, order.prefix { $0.state.needsAttention }.count)
    return (Array(order.prefix(count)), Array(order.dropFirst(count)))
  }

  private static func verdict(_ workspaces: [WorkspaceStatus], _ attention: Int) -> String {
    switch (workspaces.count, attention) {
    case (0, _): "No workspace is collected by this instance"
    case (1, 0): "Nothing needs attention"
    case (1, _): "The workspace needs attention"
    case (let count, 0): "None of \(count) workspaces needs attention"
    case (let count, 1): "1 of \(count) workspaces needs attention"
    case (let count, _): "\(attention) of \(count) workspaces need attention"
    }
  }

  private static func tally(_ workspaces: [WorkspaceStatus]) -> String {
    StatusState.allCases.compactMap { state in
      let count = workspaces.filter { $0.state == state }.count
      return count > 0 ? "\(count) \(state.adjective)" : nil
    }.joined(separator: " · ")
  }
}
