package import Foundation
import Usage

/// Changes to Tess executions while the company runs. Whoever or whatever is named and unknown is made.
extension Company {
  /// What a scripted execution is like.
  package struct ExecutionShape: Sendable {
    /// What a chat's row shows as `root_id`; rows of other types show none.
    package enum Root: Sendable {
      case itself
      case none
      case execution(Int64)
    }

    package var user = "user-1"
    package var failed = false
    /// Millionths of a credit.
    package var credits: Int64 = 0
    package var tokens: Execution.Tokens?
    package var model: String? = "tess-6"
    package var origin: String? = "api"
    package var root = Root.itself
    /// Seconds until its row is there.
    package var visibleAfter: TimeInterval = 0
    /// Seconds from then until it is finished.
    package var settledAfter: TimeInterval = 0

    package init() {}

    package init(_ change: (inout ExecutionShape) -> Void) { change(&self) }
  }

  /// An agent that is used from the company's start on only where a script says so. The type of a known one stays.
  package func addTessAgent(slug: String, name: String, type: TessAgentType) {
    let since = configuration.start
    editDirectory { directory in
      let index = directory.findTessAgent(slug, type: type, since: since)
      directory.agents[index].name = name
    }
  }

  /// The number by which Tess knows a person; nil for nobody.
  package func tessUserNumber(of person: String) -> Int64? {
    directory.people.firstIndex { $0.id == person }.map(TessUserNumber.of)
  }

  /// `count` executions of an agent at one moment.
  ///
  /// - Returns: their ids.
  @discardableResult
  package func addExecutions(
    _ count: Int, agent: String, at moment: Date, _ shape: ExecutionShape = .init()
  ) -> [Int64] {
    let occurred = Millis.of(moment)
    let start = configuration.start
    let (stream, execution, type) = editDirectory { directory -> (Int, Execution, TessAgentType) in
      let agent = directory.findTessAgent(agent, since: start)
      var execution = Execution(
        times: EventTimes(occurred: occurred, visible: occurred + Int64(shape.visibleAfter * 1000)))
      execution.settledAt += Int64(shape.settledAfter * 1000)
      execution.user = UInt16(directory.findPerson(shape.user, joined: start))
      execution.failed = shape.failed
      execution.credits = shape.credits
      execution.tokens = shape.tokens
      if let model = shape.model { execution.model = directory.tess.findModel(model) }
      if let origin = shape.origin { execution.origin = directory.tess.findOrigin(origin) }
      return (directory.addStream(of: .tess, .agent(agent)), execution, directory.tess.type(of: agent))
    }
    var added = Array(repeating: execution, count: count)
    executionRegistry.number(&added, of: stream)
    if type == .chat {
      for index in added.indices { added[index].root = shape.root.number(of: added[index].id) }
    }
    executions.add(added, to: stream)
    return added.map(\.id)
  }

  /// The execution's row is `archived` from `moment` on.
  ///
  /// - Returns: whether there is such an execution.
  @discardableResult
  package func archiveExecution(id: Int64, at moment: Date) -> Bool {
    guard let place = place(of: id) else { return false }
    let archived = Millis.of(moment)
    return change(id, at: place) { $0.archivedAt = archived }
  }

  /// The chat has an `edited` row from `moment` on, or from when it is visible.
  ///
  /// - Returns: whether there is such an execution and it is a chat's.
  @discardableResult
  package func editExecution(id: Int64, at moment: Date) -> Bool {
    guard let place = place(of: id), case .agent(let agent) = directory.streams[place.stream].producer,
      directory.tess.type(of: agent) == .chat
    else { return false }
    let edited = Millis.of(moment)
    let known = executions.events(of: place.stream, on: Day(ordinal: place.day)).first { $0.id == id }
    let visible = known?.times.visible ?? edited
    executionRegistry.noteEdit(after: Millis.ordinal(max(edited, visible)) - place.day)
    return change(id, at: place) { $0.editedAt = max(edited, $0.times.visible) }
  }

  private func place(of id: Int64) -> ExecutionRegistry.Place? {
    if let scripted = executionRegistry.place(of: id) { return scripted }
    let day = Millis.ordinal(ExecutionNumber.visible(id))
    for stream in directory.streams(of: .tess) {
      for ordinal in [day, day - 1]
      where executions.events(of: stream.id, on: Day(ordinal: ordinal)).contains(where: { $0.id == id }) {
        return ExecutionRegistry.Place(stream: stream.id, day: ordinal)
      }
    }
    return nil
  }

  private func change(_ id: Int64, at place: ExecutionRegistry.Place, _ change: (inout Execution) -> Void) -> Bool {
    var found = false
    executions.edit(place.stream, Day(ordinal: place.day)) { executions in
      guard let index = executions.firstIndex(where: { $0.id == id }) else { return }
      change(&executions[index])
      found = true
    }
    return found
  }
}

extension Company.ExecutionShape.Root {
  fileprivate func number(of id: Int64) -> Int64? {
    switch self {
    case .itself: id
    case .none: nil
    case .execution(let root): root
    }
  }
}
