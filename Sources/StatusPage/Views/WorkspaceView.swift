import Collection
import Foundation
import Usage

/// A workspace at a glance, and its collectors for those who open it.
struct WorkspaceView {
  let name: String
  let provider: String
  let label: String
  let sign: String
  let isOpen: Bool
  let collectors: [CollectorView]
  /// Nil if none is.
  let switchedOff: String?
  let dataThrough: InstantText?
  let nextAttempt: InstantText?
  let pausedUntil: InstantText?
  /// As `412 of 500`; nil if the provider says nothing of its limit.
  let left: String?
  let leftReset: InstantText?
  let requests: String
  let requestsSince: InstantText
  let series: String

  /// - Parameter isBrief: without its collectors.
  init(_ status: WorkspaceStatus, isOpen: Bool = false, isBrief: Bool = false, now: Date) {
    func text(_ instant: Date?) -> InstantText? {
      instant.map { InstantText($0, now: now, in: status.calendar) }
    }
    name = status.id.name
    provider = status.id.provider.title
    label = status.state.label
    sign = status.state.sign
    self.isOpen = isOpen
    // What several have in common is said with the first of them.
    var said: Set<String> = []
    collectors = (isBrief ? [] : status.collectors).map { collector in
      let remark = CollectorView.remark(collector, now: now).flatMap { said.insert($0).inserted ? $0 : nil }
      return CollectorView(collector, remark: remark, now: now, in: status.calendar)
    }
    switchedOff = status.switchedOff.isEmpty ? nil : status.switchedOff.joined(separator: ", ")
    dataThrough = text(status.dataThrough)
    nextAttempt = text(status.nextAttempt)
    pausedUntil = text(status.pausedUntil)
    left = Self.left(status.allowance, now: now)
    leftReset = left == nil ? nil : text(status.allowance?.reset)
    requests = NumberText.count(Int64(status.requests.count))
    requestsSince = InstantText(status.requests.since, now: now, in: status.calendar)
    series = NumberText.count(Int64(status.series))
  }

  private static func left(_ allowance: ProviderAllowance?, now: Date) -> String? {
    guard let remaining = allowance?.remaining else { return nil }
    // What was left before the limit began anew says nothing.
    if let reset = allowance?.reset, reset < now { return nil }
    return NumberText.plain(remaining) + (allowance?.limit.map { " of \(NumberText.plain($0))" } ?? "")
  }
}

/// One row of a workspace.
struct CollectorView {
  let collector: String
  let label: String
  let sign: String
  let isRunning: Bool
  let dataThrough: InstantText?
  let lastSuccess: InstantText?
  let nextAttempt: InstantText?
  let interval: String
  let rows: String
  /// What is wrong, or what the collector says; nil if all is well.
  let remark: String?

  init(_ status: CollectorStatus, remark: String?, now: Date, in calendar: LocalCalendar) {
    func text(_ instant: Date?) -> InstantText? {
      instant.map { InstantText($0, now: now, in: calendar) }
    }
    collector = status.name
    label = status.state.label
    sign = status.state.sign
    isRunning = status.isRunning
    dataThrough = text(status.dataThrough)
    lastSuccess = text(status.lastSuccess)
    nextAttempt = text(status.nextAttempt)
    interval = InstantText.span(max(1, status.minInterval.rounded()))
    rows = NumberText.count(Int64(status.rows))
    self.remark = remark
  }

  static func remark(_ status: CollectorStatus, now: Date) -> String? {
    if status.state.needsAttention { return Advice.sentence(status, now: now) }
    return status.hint.map(Advice.sentence)
  }
}
