import Foundation
import Simulator
import TestSupport
import Usage

/// A workspace at Dust of a few agents, with everything in it that makes numbers differ: small enough to be read message
/// by message over most of a year.
struct DustScript {
  /// Used, unless said otherwise.
  static let agents = ["aMail", "aSearch", "aTables", "aDraft", "aArchived", "aIdle"]
  /// Agents that the table `agents` does not list.
  static let unlisted: Set<String> = ["aDraft", "aArchived"]

  private static let users = (0..<12).map { "person-\($0)" }
  private static let origins: [String?] = ["web", "slack", "email", nil]
  private static let models = [("gpt-5.2", "openai"), ("claude-sonnet-4-6", "anthropic"), ("gpt-5.2", "azure")]
  private static let servers = ["search", "web_search_&_browse", "github"]
  private static let skills = ["refunds", "tone", "tone-2"]

  private let company: Company
  private var random: SeededGenerator

  /// - Parameters:
  ///   - days: the UTC days with usage, also those after `now`.
  ///   - perDay: messages on each of them.
  static func company(_ days: DaySpan, today: Day, perDay: Int, seed: UInt64) -> Company {
    let company = Company.empty(today: today, historyDays: max(1, today.ordinal - days.first.ordinal))
    for agent in agents { company.addAgent(id: agent, name: "The \(agent)", provider: .dust) }
    company.editDustAgent(id: "aDraft") { $0.settings = .draft }
    company.addDustSkill(id: "tone", name: "Tone")
    company.addDustSkill(id: "tone-2", name: "Tone")
    var script = DustScript(company: company, random: SeededGenerator(seed: seed))
    for day in days.days { script.fill(day, perDay) }
    // Yesterday, so that the day before has usage that the list has dropped with the agent.
    company.archiveAgent(id: "aArchived", at: LocalCalendar.utc.start(of: today.advanced(by: -1)))
    return company
  }

  private mutating func fill(_ day: Day, _ count: Int) {
    let midnight = LocalCalendar.utc.start(of: day)
    for _ in 0..<count {
      let agent = Self.agents[below(Self.agents.count - 1)]
      // Those that only logs by UTC day tell of stay clear of every midnight.
      let second = Self.unlisted.contains(agent) ? 10_800 + below(57_600) : below(86_400)
      let moment = midnight.addingTimeInterval(Double(second) + Double(below(1000)) / 1000)
      company.addDustMessages(1 + below(2), agent: agent, at: moment, shape(day))
      if below(8) == 0 { addFeedback(agent, moment) }
    }
    // One in a hundred and fifty is taken back, a day and a half later.
    if day.ordinal % 3 == 0 {
      _ = company.retract(
        1, agent: Self.agents[below(3)], provider: .dust, on: day, at: midnight.addingTimeInterval(129_600))
    }
  }

  private mutating func addFeedback(_ agent: String, _ moment: Date) {
    let up = below(4) > 0
    let user = below(10) == 0 ? nil : Self.users[below(Self.users.count)]
    company.addFeedback(
      1 + below(2), agent: agent, at: moment,
      .init {
        $0.up = up
        $0.user = user
      })
  }

  private mutating func shape(_ day: Day) -> DustMessageShape {
    var shape = DustMessageShape()
    let person = below(Self.users.count)
    shape.user = below(6) == 0 ? nil : Self.users[person]
    // A conversation goes on for two days and with any agent.
    shape.conversation = UInt32(day.ordinal / 2 * 64 + person * 2 + below(2))
    shape.origin = Self.origins[below(Self.origins.count)]
    let model = below(Self.models.count + 1)
    shape.model = model < Self.models.count ? Self.models[model].0 : nil
    shape.modelProvider = model < Self.models.count ? Self.models[model].1 : ""
    shape.credits = UInt32(below(900))
    shape.modelCalls = 1 + below(2)
    shape.tools = (0..<below(3)).map { _ in
      DustMessageShape.ToolCall(Self.servers[below(Self.servers.count)], credits: UInt32(below(300)))
    }
    shape.skills = [Self.skills[below(Self.skills.count)]]
    shape.failed = below(25) == 0
    // One in fifty is told up to 20 hours late.
    shape.visibleAfter = below(50) == 0 ? Double(60 + below(71_940)) : Double(below(6))
    return shape
  }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &random) }
}
