package import Foundation
import Usage

/// Changes to the workspace at Dust while it runs. Whoever or whatever is named and unknown is made.
extension Company {
  /// `count` agent messages that complete at one moment.
  package func addDustMessages(
    _ count: Int, agent: String, at moment: Date, _ shape: DustMessageShape = .init()
  ) {
    guard count > 0 else { return }
    let occurred = Millis.of(moment)
    let (agent, user) = people(agent, shape.user)
    let start = configuration.start
    let (stream, template) = dust.edit { directory -> (Int, DustMessage) in
      var message = DustMessage(
        times: EventTimes(occurred: occurred, visible: occurred + Int64(shape.visibleAfter * 1000)))
      message.conversation = shape.conversation
      message.run = UInt32(directory.run(shape, since: start))
      message.origin = shape.origin.map { UInt16(directory.origins.index(of: $0)) } ?? DustMessage.none
      message.user = user
      if shape.user == nil { message.apiKey = UInt16(directory.apiKeys.index(of: shape.apiKey)) }
      message.failed = shape.failed
      return (directory.addStream(ofAgent: agent), message)
    }
    let messages = dust.serials(count).map { serial in
      var message = template
      message.serial = serial
      return message
    }
    dust.messages.add(messages, to: stream)
  }

  /// `count` times the same feedback on an agent's messages, given at one moment.
  package func addFeedback(_ count: Int = 1, agent: String, at moment: Date, _ shape: DustFeedbackShape = .init()) {
    guard count > 0 else { return }
    let written = Millis.of(moment)
    let (agent, user) = people(agent, shape.user)
    let (stream, comment) = dust.edit { directory in
      (directory.addStream(ofAgent: agent), directory.comments.index(of: shape.content))
    }
    let feedback = dust.serials(count).map { serial in
      var feedback = DustFeedback(
        times: EventTimes(occurred: written, visible: written + Int64(shape.visibleAfter * 1000)))
      feedback.serial = serial
      feedback.conversation = shape.conversation
      feedback.comment = UInt32(comment)
      feedback.user = user
      feedback.up = shape.up
      feedback.dismissed = shape.dismissed
      feedback.shared = shape.shared
      return feedback
    }
    dust.feedback.add(feedback, to: stream)
  }

  private func people(_ agent: String, _ user: String?) -> (agent: Int, user: UInt16) {
    let start = configuration.start
    return editDirectory { directory in
      let agent = directory.findAgent(agent, of: .dust, since: start)
      return (agent, user.map { UInt16(directory.findPerson($0, joined: start)) } ?? DustMessage.none)
    }
  }

  /// From `moment` on a Dust agent is used no more, and Dust's list of agents drops it with all it ever did.
  package func archiveAgent(id: String, at moment: Date) {
    let millis = Millis.of(moment)
    let agent = editDirectory { directory -> Int? in
      guard let index = directory.agent(id, of: .dust) else { return nil }
      directory.agents[index].deleted = millis
      return index
    }
    guard let agent, let stream = dust.directory.stream(ofAgent: agent) else { return }
    dust.messages.end(stream, at: millis)
    dust.feedback.end(stream, at: millis)
  }

  /// Changes what Dust knows of an agent.
  package func editDustAgent(id: String, description: String? = nil, _ change: (inout DustDirectory.Traits) -> Void) {
    let (agent, _) = people(id, nil)
    if let description { editDirectory { $0.agents[agent].description = description } }
    dust.edit { change(&$0.traits[id, default: DustDirectory.Traits()]) }
  }

  /// - Parameter name: nil if Dust has forgotten it.
  package func addDustSkill(id: String, name: String?, custom: Bool = true) {
    let start = configuration.start
    dust.edit { directory in
      let index = directory.findSkill(id, since: start)
      directory.skills[index].name = name
      directory.skills[index].custom = custom
    }
  }

  /// The stays of a person in the workspace, in place of one since the company's first day; none makes a guest.
  package func setDustMemberships(_ memberships: [DustDirectory.Membership], of user: String) {
    let start = configuration.start
    let index = editDirectory { $0.findPerson(user, joined: start) }
    dust.edit { $0.memberships[index] = memberships }
  }

  /// Takes back up to `count` of a Dust agent's countable messages; see ``retract(_:agent:provider:on:at:)``.
  func retractDust(_ count: Int, agent: String?, on day: Day, at moment: Date) -> Int {
    guard let agent, let index = directory.agent(agent, of: .dust), let stream = dust.directory.stream(ofAgent: index)
    else {
      return 0
    }
    let millis = Millis.of(moment)
    return dust.messages.retract(count, of: stream, on: day, at: millis)
  }
}

extension DustDirectory {
  fileprivate mutating func run(_ shape: DustMessageShape, since: Day) -> Int {
    let model = shape.model.map { models.index(of: Model(id: $0, provider: shape.modelProvider)) }
    let skills = shape.skills.map { findSkill($0, since: since) }
    var calls = (0..<max(0, shape.modelCalls)).map { DustRun.Call(.model, credits: $0 == 0 ? shape.credits : 0) }
    calls += shape.tools.map { call in
      let tool = tools.index(of: Tool(server: call.server, name: call.name))
      return DustRun.Call(.tool(tool), credits: call.credits, skills: skills)
    }
    return runs.index(of: DustRun(model: model, calls: calls))
  }
}
