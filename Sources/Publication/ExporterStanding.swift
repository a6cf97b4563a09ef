package import Exposition
package import Foundation
import Synchronization

/// What the exporter counts of itself, and writes anew for each scrape.
package final class ExporterStanding: Sendable {
  private struct State {
    /// Sorted.
    var scrapes: [(served: String, count: Int64)]
    var durations = Histogram(bounds: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10])
    /// Sorted.
    var requests: [(key: RequestKey, count: Int64)] = []
    var reloadSuccessful = true
    var reloadTimestamp: Date
    var ledger = LedgerStanding()
    /// The lines of which only the values are written anew, for each format.
    var lines: [ExpositionFormat: LineTemplate] = [:]
  }

  /// What the ledger last told of itself.
  package struct LedgerStanding: Sendable, Hashable {
    package var restored = false
    package var size: Int64 = 0
    package var writeFailures: Int64 = 0
    package var isWritable = true

    package init() {}
  }

  private let state: Mutex<State>
  private let version: String

  /// - Parameters:
  ///   - served: every value of the label `served`.
  ///   - loadedAt: when the configuration was read.
  package init(version: String, served: [String], loadedAt: Date) {
    self.version = version
    state = Mutex(
      State(scrapes: served.sorted().map { ($0, 0) }, reloadTimestamp: loadedAt))
  }

  package func countScrape(served: String, seconds: Double) {
    state.withLock { state in
      if let place = state.scrapes.firstIndex(where: { $0.served == served }) { state.scrapes[place].count += 1 }
      state.durations.observe(seconds)
    }
  }

  package func countRequest(handler: String, code: Int) {
    let key = RequestKey(handler: handler, code: code)
    state.withLock { state in
      let place = state.requests.firstIndex { $0.key >= key } ?? state.requests.count
      if place == state.requests.count || state.requests[place].key != key {
        state.requests.insert((key, 0), at: place)
        state.lines = [:]
      }
      state.requests[place].count += 1
    }
  }

  package func noteReload(succeeded: Bool, at now: Date) {
    state.withLock { state in
      state.reloadSuccessful = succeeded
      if succeeded { state.reloadTimestamp = now }
    }
  }

  package func noteLedger(_ ledger: LedgerStanding) {
    state.withLock { $0.ledger = ledger }
  }

  /// What is wrong with the exporter itself, rather than with a workspace.
  package enum Fault: Sendable, Hashable {
    /// The configuration could not be read again; the one of this instant is in force.
    case configurationRefused(inForceSince: Date)
    case ledgerNotWritten
  }

  package var faults: [Fault] {
    state.withLock { state in
      var faults: [Fault] = []
      if !state.reloadSuccessful { faults.append(.configurationRefused(inForceSince: state.reloadTimestamp)) }
      if !state.ledger.isWritable { faults.append(.ledgerNotWritten) }
      return faults
    }
  }

  /// The exporter's own families, as of now.
  package func run(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> EncodedRun {
    let process = ProcessStatistics.read()
    let (template, values) = state.withLock { state in
      var values = OwnValues()
      tell(state, process, to: &values)
      if let known = state.lines[format], known.count == values.values.count { return (known, values.values) }
      var lines = OwnLines(format)
      tell(state, process, to: &lines)
      let template = LineTemplate(lines.heads)
      state.lines[format] = template
      return (template, values.values)
    }
    return template.run(values, encoding)
  }

  private func tell(_ state: State, _ process: ProcessStatistics, to listener: inout some OwnLineListener) {
    listener.take(LedgerMetrics.restored, .flag(state.ledger.restored))
    listener.take(LedgerMetrics.size, .integer(state.ledger.size))
    listener.take(LedgerMetrics.writeFailures, .integer(state.ledger.writeFailures))
    for (served, count) in state.scrapes {
      listener.take(ExporterMetrics.scrapes, .integer(count)) { LabelSet([Label("served", served)]) }
    }
    state.durations.lines { suffix, bound, value in
      listener.take(ExporterMetrics.scrapeDuration, suffix: suffix, value) {
        bound.map(LabelSet.none.adding(bound:)) ?? .none
      }
    }
    for (key, count) in state.requests {
      listener.take(ExporterMetrics.httpRequests, .integer(count)) { key.labels }
    }
    listener.take(ExporterMetrics.reloadSuccessful, .flag(state.reloadSuccessful))
    listener.take(ExporterMetrics.reloadTimestamp, .real(state.reloadTimestamp.timeIntervalSince1970))
    listener.take(ExporterMetrics.build, .integer(1)) {
      LabelSet([Label("version", version), Label("swift_version", SwiftVersion.value)])
    }
    tell(process, to: &listener)
  }

  /// What is not known has no line; whether it is does not change while the process runs.
  private func tell(_ process: ProcessStatistics, to listener: inout some OwnLineListener) {
    if let seconds = process.cpuSeconds { listener.take(ExporterMetrics.cpu, .real(seconds)) }
    if let count = process.openDescriptors { listener.take(ExporterMetrics.openDescriptors, .integer(count)) }
    if let count = process.maxDescriptors { listener.take(ExporterMetrics.maxDescriptors, .real(count)) }
    if let bytes = process.virtualBytes { listener.take(ExporterMetrics.virtualMemory, .integer(bytes)) }
    if let bytes = process.virtualLimitBytes { listener.take(ExporterMetrics.virtualMemoryLimit, .real(bytes)) }
    if let bytes = process.residentBytes { listener.take(ExporterMetrics.residentMemory, .integer(bytes)) }
    if let bytes = process.heapBytes { listener.take(ExporterMetrics.heap, .integer(bytes)) }
    if let instant = process.startTime { listener.take(ExporterMetrics.startTime, .real(instant)) }
    if let count = process.threads { listener.take(ExporterMetrics.threads, .integer(count)) }
  }
}

/// The language version that this was built with.
enum SwiftVersion {
  #if compiler(>=6.4)
    static let value = "6.4"
  #elseif compiler(>=6.3)
    static let value = "6.3"
  #else
    static let value = "6.2"
  #endif
}
