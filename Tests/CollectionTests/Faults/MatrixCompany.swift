import Foundation
import Simulator
import Usage

/// Two of everything, at every provider.
enum MatrixCompany {
  static func empty(at now: Date) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    for number in 1...2 {
      company.addAgent(id: "l\(number)", name: "Lang \(number)", provider: .langdock)
      company.addAgent(id: "p\(number)", name: "Phone \(number)", provider: .agentphone)
      company.addNumber(id: "n\(number)", number: "+1202555010\(number)", agent: "p\(number)")
      company.addAgent(id: "d\(number)", name: "Dust \(number)", provider: .dust)
      company.addDustSkill(id: "k\(number)", name: "Skill \(number)")
      company.addTessAgent(slug: "t\(number)", name: "Tess \(number)", type: .chat)
    }
    return company
  }

  /// Adds `count` units to the first of each and one more to the second, all of them visible at `now`.
  static func use(_ company: Company, _ count: Int, at now: Date) {
    for (number, count) in [(1, count), (2, count + 1)] {
      let shape = Company.MessageShape { shape in
        (shape.user, shape.model, shape.project) = ("user-\(number)", "m\(number)", "r\(number)")
      }
      company.addMessages(count, agent: "l\(number)", at: now, shape)
      company.addRequests(count, apiKey: "k\(number)", at: now, shape)
      company.addTexts(count, agent: "p\(number)", number: "n\(number)", at: now)
      company.addDustMessages(
        count, agent: "d\(number)", at: now,
        .init { shape in
          (shape.user, shape.origin) = ("user-\(number)", number == 1 ? "api" : "web")
          (shape.model, shape.modelProvider, shape.credits) = ("m\(number)", "maker", 250)
          (shape.tools, shape.skills) = ([.init("server\(number)", "find", credits: 100)], ["k\(number)"])
        })
      company.addFeedback(count, agent: "d\(number)", at: now)
      company.addExecutions(count, agent: "t\(number)", at: now, .init { $0.user = "user-\(number)" })
    }
  }
}
