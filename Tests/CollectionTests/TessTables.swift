import Foundation
import Simulator
import TestSupport
import Usage

/// What Tess' collector has to show.
struct TessTables: Sendable {
  let company: Company
  let calendar: LocalCalendar
  var options = TessOptions()
  /// When the listing was first read: what was edited by then is known by its edited row alone.
  var firstRead: Date?

  func truth(_ span: DaySpan, at now: Date) -> Truth {
    company.tessTruth(span, in: calendar, at: now, firstRead: firstRead, options: options)
  }

  var all: [TruthTable] {
    [Scope.agent, .model, .source].map { scope in
      TruthTable(provider: .tess, scope: scope) { [self] in truth($0, at: $1) }
    }
  }

  /// Every window of active users, of agents and of the workspace.
  func expectUsers(_ scrape: Scrape, at now: Date, windows: [Int] = [1, 7, 28, 30]) {
    for days in windows {
      let users = truth(DaySpan(endingOn: calendar.day(at: now), count: days), at: now).activeUsers
      expectActiveUsers(scrape, .tess, .agent, days, users)
      expectActiveUsers(scrape, .tess, .workspace, days, users)
    }
  }
}
