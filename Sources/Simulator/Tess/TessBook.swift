import Synchronization
import Usage

/// The list of all executions, kept by UTC day so that a page anywhere in it is found without sorting it all.
final class TessBook: Sendable {
  private struct State {
    var days: [Int: TessDay] = [:]
    var kept = 0
    var uses = 0
  }

  private struct Slice {
    let rows: [TessRow]
    let shown: ArraySlice<Int32>
  }

  /// How many rows are kept at most.
  private let capacity = 1_500_000
  private let company: Company
  private let edits: TessOptions.Edits
  private let state = Mutex(State())

  init(_ company: Company, edits: TessOptions.Edits) {
    self.company = company
    self.edits = edits
  }

  /// - Returns: up to `limit` rows behind the first `offset`, as of `now` (milliseconds since 1970).
  func rows(_ window: TessWindow, _ filter: TessFilter, offset: Int, limit: Int, at now: Int64) -> [TessRow] {
    var skipped = 0
    var found: [TessRow] = []
    forEachDay(window, filter, at: now) { slice in
      let rest = slice.shown.dropFirst(max(0, offset - skipped))
      skipped += slice.shown.count
      for index in rest.prefix(limit - found.count) { found.append(slice.rows[Int(index)]) }
      return found.count < limit
    }
    return found
  }

  func count(_ window: TessWindow, _ filter: TessFilter, at now: Int64) -> Int {
    var count = 0
    forEachDay(window, filter, at: now) { slice in
      count += slice.shown.count
      return true
    }
    return count
  }

  /// Calls `body` with the rows of each day, the latest day first, until it returns false.
  private func forEachDay(_ window: TessWindow, _ filter: TessFilter, at now: Int64, _ body: (Slice) -> Bool) {
    // Nothing that lies in the future shows.
    let last = Millis.ordinal(min((window.until - 1) * 1000, now))
    let first = max(Millis.ordinal(window.from * 1000), company.executions.firstDay.ordinal)
    guard window.from < window.until, first <= last else { return }
    for ordinal in (first...last).reversed() {
      let (rows, list) = day(ordinal, filter, at: now)
      let midnight = Int64(ordinal) * 86_400
      let start = window.until < midnight + 86_400 ? list.count(rows, since: window.until) : 0
      let end = window.from > midnight ? list.count(rows, since: window.from) : list.shown.count
      guard body(Slice(rows: rows, shown: list.shown[start..<max(start, end)])) else { return }
    }
  }

  private func day(_ ordinal: Int, _ filter: TessFilter, at now: Int64) -> ([TessRow], TessList) {
    let edition = edition(ordinal)
    let (rows, known) = state.withLock { state -> ([TessRow]?, TessList?) in
      state.uses += 1
      state.days[ordinal]?.lastUse = state.uses
      guard let day = state.days[ordinal], day.edition == edition else { return (nil, nil) }
      return (day.rows, day.known(filter, at: now))
    }
    if let rows, let known { return (rows, known) }
    let made = rows ?? makeRows(ordinal, recent: ordinal >= Millis.ordinal(now) - 2)
    let list = TessList(made, filter, at: now)
    remember(ordinal, TessDay(edition: edition, rows: made), list, filter)
    return (made, list)
  }

  private func remember(_ ordinal: Int, _ made: TessDay, _ list: TessList, _ filter: TessFilter) {
    state.withLock { state in
      var day = made
      // Another request may have made the same day.
      if let known = state.days[ordinal], known.edition == made.edition { day = known }
      day.remember(list, filter)
      day.lastUse = state.uses
      state.kept += day.rows.count - (state.days[ordinal]?.rows.count ?? 0)
      state.days[ordinal] = day
      guard state.kept > capacity else { return }
      for old in state.days.sorted(by: { $0.value.lastUse < $1.value.lastUse }) where state.kept > capacity / 4 * 3 {
        state.days[old.key] = nil
        state.kept -= old.value.rows.count
      }
    }
  }

  // MARK: From the log

  /// The days whose executions may have rows on the day `ordinal`: edits may be dated later than what they edit.
  private func sources(_ ordinal: Int) -> ClosedRange<Int> {
    ordinal - (edits == .replacesAtEditTime ? company.executionRegistry.longestEdit : 0)...ordinal
  }

  private func edition(_ ordinal: Int) -> Int {
    let sources = sources(ordinal)
    return sources.reduce(sources.count) { $0 + company.executions.edition(on: Day(ordinal: $1)) }
  }

  /// - Parameter recent: whether the log should keep the day's events ready.
  private func makeRows(_ ordinal: Int, recent: Bool) -> [TessRow] {
    var rows: [TessRow] = []
    let directory = company.directory
    for stream in directory.streams(of: .tess) {
      guard case .agent(let agent) = stream.producer else { continue }
      let type = directory.tess.type(of: agent)
      for source in sources(ordinal) {
        for execution in company.executions.events(of: stream.id, on: Day(ordinal: source), keep: recent) {
          if source == ordinal { rows.append(.original(execution, agent: agent, type: type, edits)) }
          guard let edit = TessRow.edit(execution, agent: agent, type: type, edits),
            Millis.ordinal(edit.created * 1000) == ordinal
          else { continue }
          rows.append(edit)
        }
      }
    }
    rows.sort(by: TessRow.precedes)
    return rows
  }
}
