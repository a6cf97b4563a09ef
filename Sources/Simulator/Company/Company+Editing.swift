package import Foundation
package import Usage

/// Changes to the company while it runs. Whoever or whatever is named and unknown is made.
extension Company {
  /// What a scripted message is like.
  package struct MessageShape: Sendable {
    package var user = "user-1"
    /// Conversations of different agents are different, whatever their number.
    package var conversation: UInt32 = 1
    package var model = "gpt-5.2"
    package var modelProvider = "openai"
    package var ownKeys = false
    /// The project's id; nil for none.
    package var project: String?
    package var source = MessageSource.web
    /// Tokens, in disjoint classes.
    package var inputTokens: UInt32 = 0
    package var cachedTokens: UInt32 = 0
    package var cacheCreationTokens: UInt32 = 0
    package var outputTokens: UInt32 = 0
    /// Millionths of a US dollar.
    package var cost: UInt32 = 0
    /// Seconds until a provider's answers count it.
    package var visibleAfter: TimeInterval = 0

    package init() {}

    package init(_ change: (inout MessageShape) -> Void) { change(&self) }
  }

  /// An agent that is used from `since` on only where a script says so.
  package func addAgent(id: String, name: String, provider: ProviderKind, team: String = "Technik") {
    let since = configuration.start
    editDirectory { directory in
      let index = directory.findAgent(id, of: provider, since: since)
      directory.agents[index].name = name
    }
  }

  package func renameAgent(id: String, to name: String, provider: ProviderKind) {
    addAgent(id: id, name: name, provider: provider)
  }

  /// The agent stops, and from then on AgentPhone counts all that it ever did for "Unassigned".
  package func deleteAgent(id: String, provider: ProviderKind, at moment: Date) {
    let millis = Millis.of(moment)
    let stream = editDirectory { directory -> Int? in
      guard let index = directory.agent(id, of: provider) else { return nil }
      directory.agents[index].deleted = millis
      for number in directory.numbers.indices where directory.numbers[number].agent == index {
        directory.numbers[number].agent = nil
      }
      return directory.stream(of: provider, .agent(index))
    }
    guard let stream else { return }
    messages.end(stream, at: millis)
    phoneEvents.end(stream, at: millis)
    executions.end(stream, at: millis)
  }

  /// A number that AgentPhone lists, also without any traffic.
  package func addNumber(id: String, number: String, country: String = "US", agent: String? = nil) {
    let since = configuration.start
    editDirectory { directory in
      let index = directory.findNumber(id, number: number, country: country)
      directory.numbers[index].agent = agent.map { directory.findAgent($0, of: .agentphone, since: since) }
    }
  }

  /// `count` messages at one moment, to an agent, or in a project or plain chat if `agent` is nil.
  package func addMessages(
    _ count: Int, agent: String?, provider: ProviderKind = .langdock, at moment: Date, _ shape: MessageShape = .init()
  ) {
    add(count, provider: provider, at: moment, shape) { directory in
      agent.map { .agent(directory.findAgent($0, of: provider, since: self.configuration.start)) }
    }
  }

  /// `count` requests of an API key, which belong to no agent and no user.
  package func addRequests(_ count: Int, apiKey: String, at moment: Date, _ shape: MessageShape = .init()) {
    add(count, provider: .langdock, at: moment, shape) { directory in .apiKey(directory.findKey(apiKey)) }
  }

  private func add(
    _ count: Int, provider: ProviderKind, at moment: Date, _ shape: MessageShape,
    in producer: (inout Directory) -> Directory.Producer?
  ) {
    let occurred = Millis.of(moment)
    let start = configuration.start
    let (stream, message) = editDirectory { directory -> (Int, Message) in
      var message = Message(
        times: EventTimes(occurred: occurred, visible: occurred + Int64(shape.visibleAfter * 1000)))
      message.user = UInt16(directory.findPerson(shape.user, joined: start))
      message.conversation = shape.conversation
      message.model = UInt8(directory.findModel(shape.model, shape.modelProvider, ownKeys: shape.ownKeys))
      message.source = shape.source
      message.inputTokens = shape.inputTokens
      message.cachedTokens = shape.cachedTokens
      message.cacheCreationTokens = shape.cacheCreationTokens
      message.outputTokens = shape.outputTokens
      message.cost = shape.cost
      let project = shape.project.map { directory.findProject($0) }
      message.project = project.map(UInt16.init) ?? Message.none
      let chosen = producer(&directory) ?? project.map { .project($0) } ?? .chat
      if case .apiKey(let key) = chosen { message.apiKey = UInt16(key) }
      return (directory.addStream(of: provider, chosen), message)
    }
    messages.add(Array(repeating: message, count: count), to: stream)
  }
}
