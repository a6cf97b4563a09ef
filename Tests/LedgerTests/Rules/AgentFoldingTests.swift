import Ledger
import Testing
import Usage

@Suite("Folding of agents beyond max_agents")
struct AgentFoldingTests {
  @Test("of those that arrive together the busiest keep series of their own")
  func busiestFirst() {
    var folding = AgentFolding()
    let (reading, newly) = folding.fold(Sample.reading(["a": 1, "b": 9, "c": 5]), limit: 2)
    #expect(newly == ["a"])
    #expect(reading.quantities == Sample.reading(["b": 9, "c": 5, "other": 1]).quantities)
  }

  @Test("amounts are compared in units, so that exact credits do not outweigh messages")
  func unitsNotMicros() {
    var reading = Sample.reading(["messages": 3])
    reading.quantities[Sample.key("credits", .credits)] = 2_000_000
    var folding = AgentFolding()
    #expect(folding.fold(reading, limit: 1).newlyFolded == ["credits"])
  }

  @Test("those that were there first stay, however busy the late ones are")
  func firstComeFirstServed() {
    var folding = AgentFolding()
    _ = folding.fold(Sample.reading(["a": 1, "b": 1]), limit: 2)
    let (reading, newly) = folding.fold(Sample.reading(["a": 1, "z": 1000]), limit: 2)
    #expect(newly == ["z"])
    #expect(reading.quantities == Sample.reading(["a": 1, "other": 1000]).quantities)
    #expect(folding.fold(Sample.reading(["z": 2]), limit: 2).newlyFolded.isEmpty)
  }

  @Test("who was folded stays folded when the limit is raised: its past cannot be taken out again")
  func staysFolded() {
    var folding = AgentFolding()
    _ = folding.fold(Sample.reading(["a": 2, "b": 1]), limit: 1)
    let (reading, _) = folding.fold(Sample.reading(["a": 2, "b": 3, "c": 4]), limit: 10)
    #expect(reading.quantities == Sample.reading(["a": 2, "other": 3, "c": 4]).quantities)
  }

  @Test("unassigned and other take no room and are never folded")
  func reservedAgents() {
    var folding = AgentFolding()
    let (reading, newly) = folding.fold(Sample.reading(["unassigned": 1, "other": 1, "a": 5]), limit: 0)
    #expect(newly == ["a"])
    #expect(reading.quantities == Sample.reading(["unassigned": 1, "other": 6]).quantities)
  }

  @Test("what does not add up is not folded: there are no active users and no info of other")
  func onlyAdditiveMeasures() {
    var reading = Sample.reading(["a": 5, "b": 1])
    for agent in ["a", "b"] {
      reading.activeUsers[Entity(.agent, agent)] = 3
      reading.attributes[Entity(.agent, agent)] = [.init("name", agent)]
    }
    var folding = AgentFolding()
    let folded = folding.fold(reading, limit: 1).reading
    #expect(Array(folded.activeUsers.keys) == [Entity(.agent, "a")])
    #expect(Array(folded.attributes.keys) == [Entity(.agent, "a")])
  }

  @Test("other scopes are not folded")
  func otherScopes() {
    var reading = Reading()
    for model in ["x", "y", "z"] { reading.quantities[SeriesKey(Entity(.model, model), .requests)] = 1 }
    var folding = AgentFolding()
    #expect(folding.fold(reading, limit: 1).reading.quantities.count == 3)
  }

  @Test("who is folded is remembered across a restart, per workspace")
  func persists() async throws {
    let database = try LedgerDatabase.inMemory()
    let policy = CountingPolicy(zeroHold: 0, maxAgents: 1)
    let ledger = try Ledger(database: database)
    try await ledger.begin()
    try await ledger.commit(Sample.answer(["a": 2, "b": 1]), to: Sample.collector, at: Sample.noon, policy: policy)
    #expect(await ledger.foldedAgents(of: Sample.workspace) == 1)

    let next = try Ledger(database: database)
    _ = try await next.register(Sample.collector, zone: "UTC")
    #expect(await next.foldedAgents(of: Sample.workspace) == 1)
    let answer = Sample.answer(["a": 2, "b": 4, "c": 1])
    try await next.commit(answer, to: Sample.collector, at: Sample.noon, policy: policy)
    #expect(await next.totals() == ["a": 2, "other": 5])
    #expect(await next.foldedAgents(of: WorkspaceID(.dust, "another")) == 0)
  }
}
