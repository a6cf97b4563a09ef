import Ledger
import Testing
import Usage

@Suite("What is published of a shared family")
struct PublishedTests {
  @Test("a counter that is held shows what was carried, and never less than 0")
  func heldWithCarried() {
    let families = SharedFamilies(carried: [Sample.key("up"): 4, Sample.key("down"): -4])
    let held = SeriesState(row: 1, total: 9, hold: .until(Sample.noon, for: 0))
    let released = SeriesState(row: 1, total: 9, hold: .released)
    #expect(families.published(Sample.key("up"), held) == 4)
    #expect(families.published(Sample.key("down"), held) == 0)
    #expect(families.published(Sample.key("none"), held) == 0)
    #expect(families.published(Sample.key("up"), nil) == 4)
    #expect(families.published(Sample.key("up"), released) == 13)
    #expect(families.published(Sample.key("down"), released) == 5)
    #expect(families.published(Sample.key("none"), released) == 9)
  }
}
