import Backfill
import Foundation
import Testing

@Suite struct ProgressTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  @Test("the time left is the pace so far, of what was read now and not of what was there")
  func estimate() {
    var meter = ProgressMeter(total: 400, done: 200, left: 200, at: Self.start)
    #expect(meter.percent == 50)
    for _ in 0..<50 { meter.readDay(weighing: 1) }
    #expect(meter.remaining(at: Self.start + 10) == nil)
    #expect(meter.remainingText(at: Self.start + 10) == "time left not known yet")
    // A hundred seconds for fifty, and a hundred and fifty to go.
    #expect(meter.remaining(at: Self.start + 100) == 300)
    #expect(meter.remainingText(at: Self.start + 100) == "about 5m left")
    meter.drop(140, weighing: 1)
    #expect(meter.remainingText(at: Self.start + 100) == "about a minute left")
    #expect(meter.percent == 97)
  }

  @Test("days of which one answer tells many weigh little")
  func weights() {
    var meter = ProgressMeter(total: 128, done: 0, left: 101, at: Self.start)
    for _ in 0..<28 { meter.readDay(weighing: 1.0 / 28) }
    #expect(abs((meter.remaining(at: Self.start + 30) ?? 0) - 3000) < 1e-6)
    #expect(meter.remainingText(at: Self.start + 300) == "about 8h20m left")
  }

  @Test("a hundred per cent is the end and not before")
  func percent() {
    var meter = ProgressMeter(total: 1000, done: 0, left: 1000, at: Self.start)
    for _ in 0..<999 { meter.readDay(weighing: 1) }
    meter.countRequest()
    #expect(meter.percent == 99)
    #expect(meter.bar(at: Self.start).hasPrefix("[###################.] 99% 999/1000 days, 1 requests, time left"))
    meter.readDay(weighing: 1)
    #expect(meter.percent == 100)
    #expect(meter.bar(at: Self.start).count < 80)
    #expect(ProgressMeter(total: 0, done: 0, left: 0, at: Self.start).percent == 100)
  }

  @Test("the log has a line for each ten per cent, and one each minute")
  func pace() {
    var pace = ProgressPace(at: Self.start)
    let moments: [(Int, TimeInterval)] = [(3, 1), (9, 2), (10, 3), (19, 62), (19, 63), (19, 123), (35, 124), (39, 183)]
    #expect(
      moments.map { pace.isDue(percent: $0.0, at: Self.start + $0.1) } == [
        false, false, true, false, true, true, true, false,
      ])
  }
}
