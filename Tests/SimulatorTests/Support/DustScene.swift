import Foundation
import Simulator
import TestSupport
import Usage

/// A small workspace at Dust whose answers can be written down: three days, four agents, two users.
func dustScene() -> Company {
  let company = Company.empty(today: today, historyDays: 10)
  company.addAgent(id: "a1", name: "SupportBot", provider: .dust)
  company.editDustAgent(id: "a1", description: "Answers tickets, \"politely\"") {
    $0.tags = ["support", "prod"]
    $0.editors = [0, 1]
    $0.lastEdit = day("2026-11-02")
  }
  company.addAgent(id: "a2", name: "-legacy", provider: .dust)
  company.editDustAgent(id: "a2") { $0.settings = .unpublished }
  company.addAgent(id: "dust", name: "dust", provider: .dust)
  company.editDustAgent(id: "dust", description: "Default\nassistant") { $0.settings = .global }
  company.addAgent(id: "d1", name: "Draft", provider: .dust)
  company.editDustAgent(id: "d1") { $0.settings = .draft }
  company.addDustSkill(id: "skl_1", name: "Refund policy")
  company.addDustSkill(id: "skl_2", name: "Refund policy")
  company.addDustSkill(id: "builtin", name: "Deep research", custom: false)
  company.addDustMessages(
    2, agent: "a1", at: moment("2026-11-17T08:00:00"),
    .init {
      $0.user = "ana"
      $0.credits = 124
      $0.tools = [.init("search", "semantic_search", credits: 30), .init("search", "cat", credits: 0)]
      $0.skills = ["skl_1", "skl_2"]
    })
  company.addDustMessages(
    1, agent: "dust", at: moment("2026-11-17T22:30:00"),
    .init {
      $0.user = "bo"
      $0.conversation = 2
      $0.origin = "slack"
      $0.credits = 50
    })
  company.addDustMessages(
    3, agent: "d1", at: moment("2026-11-19T09:00:00"),
    .init {
      $0.user = nil
      $0.origin = nil
      $0.model = nil
      $0.credits = 1
    })
  company.addDustMessages(1, agent: "a1", at: moment("2026-11-19T09:30:00"), .init { $0.failed = true })
  company.addFeedback(
    agent: "a1", at: moment("2026-11-17T09:00:00"),
    .init {
      $0.user = "ana"
      $0.up = false
      $0.content = "Wrong \"SLA\",\nplease check"
    })
  company.addFeedback(
    agent: "dust", at: moment("2026-11-18T09:00:00"),
    .init {
      $0.user = nil
      $0.content = "+1"
      $0.shared = true
      $0.dismissed = true
    })
  return company
}

let sceneDays = DaySpan("2026-11-17", "2026-11-19")
