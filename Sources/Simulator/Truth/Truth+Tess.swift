package import Foundation
package import Usage

/// What one execution counts for.
private struct TessCount {
  var executions: Int64 = 0
  var failures: Int64 = 0
  /// Millionths of a credit.
  var credits: Int64 = 0
  var input: Int64 = 0
  var output: Int64 = 0

  mutating func add(_ other: TessCount) {
    executions += other.executions
    failures += other.failures
    credits += other.credits
    input += other.input
    output += other.output
  }
}

/// One execution as a reader must have taken it in.
private struct TessSighting {
  let agent: Int
  let user: UInt16
  let model: String?
  let origin: String?
  let count: TessCount
}

extension Company {
  /// Executions, failures, credits, tokens and active users of local days, as Tess must report them at a given moment.
  ///
  /// An execution counts once, on the day on which it happened, whatever became of its row since. Where edited rows
  /// replace their originals, one that was edited by `firstRead` can only be known by its edited row, and counts as
  /// what that shows, on the day that it shows. What runs counts as failed.
  package func tessTruth(
    _ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date, firstRead: Date? = nil,
    options: TessOptions = .init()
  ) -> Truth {
    var agents: [Int: TessCount] = [:]
    var models: [String: TessCount] = [:]
    var origins: [String: Int64] = [:]
    var users: [Int: Set<UInt16>] = [:]
    forEachSighting(span, calendar, now, firstRead, options) { sighting in
      agents[sighting.agent, default: TessCount()].add(sighting.count)
      users[sighting.agent, default: []].insert(sighting.user)
      if let model = sighting.model { models[model, default: TessCount()].add(sighting.count) }
      if let origin = sighting.origin { origins[origin, default: 0] += 1 }
    }
    let directory = directory
    var truth = Truth()
    for (index, count) in agents {
      let agent = Entity(.agent, upstream: directory.agents[index].id)
      truth.add(count, agent)
      truth.add(count.failures, agent, .executionFailures)
      truth.activeUsers[agent] = Int64(users[index]?.count ?? 0)
    }
    for (model, count) in models { truth.add(count, Entity(.model, upstream: model)) }
    for (origin, count) in origins { truth.add(count, Entity(.source, upstream: origin), .executions) }
    let everyone = users.values.reduce(into: Set<UInt16>()) { $0.formUnion($1) }
    if !everyone.isEmpty { truth.activeUsers[.workspace] = Int64(everyone.count) }
    return truth
  }

  private func forEachSighting(
    _ span: DaySpan, _ calendar: LocalCalendar, _ now: Date, _ firstRead: Date?, _ options: TessOptions,
    _ body: (TessSighting) -> Void
  ) {
    let window =
      tessMillis(calendar.start(of: span.first))..<tessMillis(calendar.start(of: span.last.advanced(by: 1)))
    let moment = tessMillis(now)
    let directory = directory
    // Edits that are dated anew may come from any day before.
    let moves = options.edits == .replacesAtEditTime && firstRead != nil
    let first = moves ? executions.firstDay : max(executions.firstDay, span.first.advanced(by: -1))
    let last = span.last.advanced(by: 1)
    guard first <= last else { return }
    for stream in directory.streams {
      guard stream.provider == .tess, case .agent(let agent) = stream.producer else { continue }
      for day in DaySpan(first, through: last).days {
        for execution in executions.events(of: stream.id, on: day, keep: span.count < 40) {
          guard execution.times.visible <= moment, execution.times.retracted > moment else { continue }
          let known = min(moment, firstRead.map(tessMillis) ?? .min)
          let lost = options.edits != .besideOriginal && execution.editedAt <= known
          let dated =
            lost && options.edits == .replacesAtEditTime ? execution.editedAt : execution.times.occurred
          guard window.contains(dated) else { continue }
          body(lost ? edit(execution, agent, moment, options) : original(execution, agent, moment, directory.tess))
        }
      }
    }
  }

  /// For so many milliseconds an execution that has not succeeded may still be running, and is not told as failed.
  private var tessPatience: Int64 { 120_000 }

  private func tessMillis(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded(.down)) }

  private func original(
    _ execution: Execution, _ agent: Int, _ moment: Int64, _ names: TessDirectory
  ) -> TessSighting {
    var count = TessCount(executions: 1)
    if execution.failed || moment < execution.settledAt {
      count.failures = moment - execution.times.occurred >= tessPatience ? 1 : 0
    } else {
      count.credits = execution.credits
      count.input = Int64(execution.tokens?.input ?? 0)
      count.output = Int64(execution.tokens?.output ?? 0)
    }
    return TessSighting(
      agent: agent, user: execution.user,
      model: execution.model < Execution.none ? names.models[Int(execution.model)] : nil,
      origin: execution.origin < Execution.none ? names.origins[Int(execution.origin)] : nil, count: count)
  }

  /// Neither a model nor an origin nor tokens are left of an execution that is known by its edited row alone.
  private func edit(_ execution: Execution, _ agent: Int, _ moment: Int64, _ options: TessOptions) -> TessSighting {
    var count = TessCount(executions: 1)
    if options.editedRowsKeepCredits, !execution.failed, moment >= execution.settledAt {
      count.credits = execution.credits
    }
    return TessSighting(agent: agent, user: execution.user, model: nil, origin: nil, count: count)
  }
}

extension Truth {
  fileprivate mutating func add(_ count: TessCount, _ entity: Entity) {
    add(count.executions, entity, .executions)
    add(count.credits, entity, .credits)
    add(count.input, entity, .tokens, TokenType.input.rawValue)
    add(count.output, entity, .tokens, TokenType.output.rawValue)
  }
}
