import Foundation
import Simulator
import TestSupport
import Usage

/// What Dust's collectors have to show.
struct DustTables: Sendable {
  let company: Company
  let calendar: LocalCalendar

  /// Messages, conversations and rounded credits, as far as the list of agents has them.
  func agents(_ measures: Set<Measure>) -> TruthTable {
    TruthTable(provider: .dust, scope: .agent, measures: measures) { [self] in
      company.dustAgentTruth($0, in: calendar, at: $1)
    }
  }

  /// The tables that are on by default, credits left out.
  var always: [TruthTable] {
    [
      agents([.messages, .conversations]),
      TruthTable(provider: .dust, scope: .agent, measures: [.feedback]) { [self] in
        company.dustFeedbackTruth($0, in: calendar, at: $1)
      },
      TruthTable(provider: .dust, scope: .source) { [self] in company.dustSourceTruth($0, in: calendar, at: $1) },
      TruthTable(provider: .dust, scope: .skill) { [self] in company.dustSkillTruth($0, in: calendar, at: $1) },
      TruthTable(provider: .dust, scope: .tool, measures: [.executions]) { [self] in
        company.dustToolTruth($0, in: calendar, at: $1)
      },
      workspace([.messages], CalendarPeriod.allCases),
      // Distinct within a day, so there are none but of days.
      workspace([.conversations], [.day, .previousDay]),
    ]
  }

  var users: TruthTable {
    TruthTable(provider: .dust, scope: .user) { [self] in company.dustUserTruth($0, in: calendar, at: $1) }
  }

  /// - Parameter billedOnly: what `messagesFromConsumptionIndex` is in the simulator.
  func models(billedOnly: Bool) -> TruthTable {
    TruthTable(provider: .dust, scope: .model, measures: [.messages]) { [self] in
      company.dustMessageTruth($0, in: calendar, at: $1, fromConsumptionIndex: billedOnly)
    }
  }

  /// Exact credits.
  var consumption: [TruthTable] {
    [Scope.agent, .model, .tool].map { scope in
      TruthTable(provider: .dust, scope: scope, measures: [.credits]) { [self] in
        company.dustConsumptionTruth($0, in: calendar, at: $1)
      }
    }
  }

  private func workspace(_ measures: Set<Measure>, _ periods: [CalendarPeriod]) -> TruthTable {
    TruthTable(provider: .dust, scope: .workspace, measures: measures, periods: periods) { [self] span, now in
      var sum = Truth()
      for day in span.days {
        for (key, amount) in company.dustWorkspaceTruth(day, in: calendar, at: now).quantities {
          sum.quantities[key, default: 0] += amount
        }
      }
      return sum
    }
  }

  /// Every window of active users.
  ///
  /// - Parameter unlisted: agents of which only the message log of the deprecated endpoint tells; none if it is off.
  func expectUsers(_ scrape: Scrape, at now: Date, unlisted: Set<String> = []) {
    let today = calendar.day(at: now)
    for days in [1, 7, 28, 30] {
      let span = DaySpan(endingOn: today, count: days)
      var agents = company.dustAgentTruth(span, in: calendar, at: now).activeUsers
      let log = company.dustWorkspaceUsageTruth(span, at: now).activeUsers
      agents.merge(log.filter { unlisted.contains($0.key.id) }) { $1 }
      expectActiveUsers(scrape, .dust, .agent, days, agents)
    }
    let (day, week, month) = company.dustActiveUserTruth(endingOn: today, in: calendar, at: now)
    for (days, count) in [(1, day), (7, week), (28, month), (30, 0)] {
      expectActiveUsers(scrape, .dust, .workspace, days, [.workspace: count])
    }
  }
}
