import Foundation
import Simulator
import TestSupport
import Usage

/// Executions at Tess that are told at most two hours late: what of a day shows only when it has been over for six hours is
/// not seen, by design.
struct TessScript {
  private static let agents: [(slug: String, type: TessAgentType)] = [
    ("docs-helper", .chat), ("garden", .chat), ("texts", .text), ("pictures", .image), ("sql", .code),
  ]
  private static let users = (0..<15).map { "person-\($0)" }
  private static let models: [String?] = ["tess-6", "gpt-5.2", nil]
  private static let origins: [String?] = ["web", "api", nil]

  private let company: Company
  private var random: SeededGenerator

  /// - Parameters:
  ///   - days: the UTC days with executions, also those after now.
  ///   - perDay: executions on each of them.
  ///   - firstRead: executions of before are edited at any time, later ones only once they have been read.
  static func company(_ days: DaySpan, today: Day, perDay: Int, seed: UInt64, firstRead: Date) -> Company {
    let company = Company.empty(today: today, historyDays: max(1, today.ordinal - days.first.ordinal))
    for (slug, type) in agents { company.addTessAgent(slug: slug, name: "The \(slug)", type: type) }
    var script = TessScript(company: company, random: SeededGenerator(seed: seed))
    for day in days.days { script.fill(day, perDay, firstRead) }
    return company
  }

  private mutating func fill(_ day: Day, _ count: Int, _ firstRead: Date) {
    let midnight = LocalCalendar.utc.start(of: day)
    for _ in 0..<count {
      let agent = Self.agents[below(Self.agents.count)]
      let moment = midnight.addingTimeInterval(Double(below(86_400_000)) / 1000)
      let ids = company.addExecutions(1 + below(2), agent: agent.slug, at: moment, shape())
      guard let id = ids.first else { continue }
      switch below(20) {
      case 0: company.archiveExecution(id: id, at: moment.addingTimeInterval(Double(60 + below(259_200))))
      case 1: edit(id, of: moment, firstRead)
      default: break
      }
    }
  }

  /// A scrape comes every six hours, and what it finds shows after two at the latest.
  private mutating func edit(_ id: Int64, of moment: Date, _ firstRead: Date) {
    let soon = moment < firstRead ? 0 : 32_400
    company.editExecution(id: id, at: moment.addingTimeInterval(Double(soon + below(172_800))))
  }

  private mutating func shape() -> Company.ExecutionShape {
    var shape = Company.ExecutionShape()
    shape.user = Self.users[min(below(Self.users.count), below(Self.users.count))]
    shape.failed = below(20) == 0
    shape.credits = Int64(below(3_000_000))
    if below(3) > 0 { shape.tokens = Execution.Tokens(input: UInt32(below(2000)), output: UInt32(below(900))) }
    shape.model = Self.models[below(Self.models.count)]
    shape.origin = Self.origins[below(Self.origins.count)]
    shape.visibleAfter = below(20) == 0 ? Double(60 + below(7000)) : Double(below(5))
    shape.settledAfter = below(30) == 0 ? Double(5 + below(100)) : 0
    return shape
  }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &random) }
}
