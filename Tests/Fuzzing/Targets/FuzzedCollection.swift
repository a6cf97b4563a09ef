import Foundation
import Providers
import Synchronization
import TestSupport
import Upstream
import Usage

/// One run of a collector before a transport, and what it delivers.
final class FuzzedCollection: Sendable {
  private let collector: any UsageCollector
  private let transport: FixedAnswer
  private let seen = Mutex<[String]>([])

  init(_ collector: any UsageCollector, _ transport: FixedAnswer) {
    self.collector = collector
    self.transport = transport
  }

  var lines: [String] { seen.withLock { $0 } }

  func run(at now: Date) async {
    let clock = ManualClock(now)
    let calendar = LocalCalendar.utc
    let today = calendar.day(at: now)
    let demand = Demand(
      calendar: calendar, now: now, days: DaySpan(endingOn: today, count: 2).days, inFull: [today.advanced(by: -1)],
      periods: [.day, .month], activeUsers: [1, 7].compactMap(ActiveUserWindow.init(days:)))
    do {
      let transport = transport
      let api = APIClient(
        baseURL: "https://api.example.com", secret: try SecretBox { Secret("sk-MARKER") },
        gate: RequestGate(perMinute: 10_000, clock: clock, random: { 0.5 }), clock: clock, observer: Nobody(),
        transport: { _ in transport })
      try await collector.collect(demand, from: CollectorSource(api: api, journal: MemoryJournal())) { answer in
        keep(answer)
      }
    } catch let failure as UpstreamFailure {
      require(!failure.message.contains("MARKER"), "a credential in a failure")
      keep("failure")
    } catch let disabled as NotEnabled {
      keep(disabled.message)
    } catch {
      fatalError("a failure without a reason: \(error)")
    }
  }

  private func keep(_ answer: Answer) {
    let reading = answer.reading
    for (key, amount) in reading.quantities {
      require((0...Quantity.limit).contains(amount), "\(key): \(amount)")
      require(!key.entity.id.isEmpty || key.entity.scope == .workspace, "an entity without an id")
    }
    for count in reading.activeUsers.values { require((0...Quantity.limit).contains(count), "\(count) users") }
    for value in reading.attributes.values.joined().map(\.value) { require(value.count <= 256, "a long attribute") }
    require(reading.rows >= reading.rejected.values.reduce(0, +), "more rows refused than there were")
    let quantities = reading.quantities.map { "\($0.key) \($0.value)" }.sorted()
    keep("\(answer.coverage) \(quantities) \(reading.rows) \(reading.rejected.map { "\($0)" }.sorted())")
  }

  private func keep(_ line: String) { seen.withLock { $0.append(line) } }
}

/// Answers every request alike, in chunks, and a hundredth one not at all: no collector may ask for ever.
final class FixedAnswer: Transport {
  private let head: WireHead
  private let body: [UInt8]
  private let cuts: [Int]
  /// What Langdock's export calls get, so that the body is the download's; nil to give them the body.
  private let exportAnswer: [UInt8]?
  private let requests = Mutex(0)

  init(_ head: WireHead, _ body: [UInt8], cuts: [Int], export: [UInt8]?) {
    exportAnswer = export
    self.head = head
    self.body = body
    self.cuts = cuts.sorted()
  }

  func send<Sink: BodySink>(
    _ request: WireRequest, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink
  ) async throws(UpstreamFailure) -> (WireHead, Sink.Product) {
    let number = requests.withLock { count in
      count += 1
      return count
    }
    if number > 100 { throw UpstreamFailure(.network, "enough") }
    if let exportAnswer, request.url.contains("/export/") {
      var sink = sink(WireHead(status: 200, headers: []))
      try sink.receive(exportAnswer.span)
      return (WireHead(status: 200, headers: []), try sink.finish())
    }
    var sink = sink(head)
    // A span of a local: that of a stored property cannot be passed on.
    let body = body
    let edges = [0] + cuts + [body.count]
    for (start, end) in zip(edges, edges.dropFirst()) {
      try sink.receive(body.span.extracting(start..<max(start, end)))
    }
    return (head, try sink.finish())
  }
}

private struct Nobody: RequestObserver {
  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {}
}
