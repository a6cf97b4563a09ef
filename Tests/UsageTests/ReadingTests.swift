import Testing
import Usage

@Suite("Readings")
struct ReadingTests {
  private static let key = SeriesKey(Entity(.agent, "a"), .messages)

  @Test("two rows of one entity become their sum")
  func sums() throws {
    var reading = Reading()
    try reading.add(2, to: Self.key)
    try reading.add(3, to: Self.key)
    #expect(reading.quantities == [Self.key: 5])
  }

  @Test("a sum beyond 2^53 is refused and leaves the reading as it was")
  func overflow() throws {
    var reading = Reading()
    try reading.add(Quantity.limit, to: Self.key)
    #expect(throws: QuantityOverflow.self) { try reading.add(1, to: Self.key) }
    #expect(reading.quantities == [Self.key: Quantity.limit])
    #expect(throws: QuantityOverflow.self) { try Quantity.sum(.max, 1) }
    #expect(throws: QuantityOverflow.self) { try Quantity.sum(.min, 0) }
    #expect(try Quantity.sum(-Quantity.limit, 0) == -Quantity.limit)
  }

  @Test("halves of a window add up, but not what is counted distinct: users and conversations")
  func merge() throws {
    var first = Reading()
    try first.add(2, to: Self.key)
    try first.add(1, to: SeriesKey(Self.key.entity, .conversations))
    first.activeUsers = [.workspace: 4]
    first.unreported = [.tokens, .costUSD]
    first.attributes[Self.key.entity] = [.init("name", "old")]
    first.rows = 1
    first.reject(.negative)
    var second = Reading()
    try second.add(5, to: Self.key)
    try second.add(1, to: SeriesKey(Self.key.entity, .conversations))
    second.activeUsers = [.workspace: 5]
    second.unreported = [.tokens]
    second.attributes[Self.key.entity] = [.init("name", "new")]
    second.rows = 2
    second.reject(.negative)
    second.reject(.future)

    try first.merge(part: second)
    #expect(first.quantities == [Self.key: 7])
    #expect(first.activeUsers.isEmpty)
    #expect(first.unreported == [.tokens, .conversations], "so that cells of conversations stay as they are")
    #expect(first.attributes[Self.key.entity] == [.init("name", "new")])
    #expect(first.rows == 3)
    #expect(first.rejected == [.negative: 2, .future: 1])
  }

  @Test("credits and cost are exact to six decimals, all else is whole")
  func scales() {
    for measure in Measure.allCases {
      #expect(measure.scale.rawValue == ([.credits, .costUSD].contains(measure) ? 1_000_000 : 1))
    }
    #expect(Measure.allCases.filter { $0.dimension != nil } == [.tokens, .feedback])
  }
}
