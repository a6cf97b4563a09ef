package import Exposition
package import Foundation
import Synchronization

/// What the exporter counts of itself, and writes anew for each scrape.
package final class ExporterStanding: Sendable {
  private struct State {
    var scrapes: [String: Int64]
    var durations = Histogram(bounds: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10])
    var requests: [RequestKey: Int64] = [:]
    var reloadSuccessful = true
    var reloadTimestamp: Date
    var ledger = LedgerStanding()
  }

  private struct RequestKey: Hashable, Comparable {
    let handler: String
    let code: Int

    static func < (left: RequestKey, right: RequestKey) -> Bool {
      (left.handler, left.code) < (right.handler, right.code)
    }
  }

  /// What the ledger last told of itself.
  package struct LedgerStanding: Sendable, Hashable {
    package var restored = false
    package var size: Int64 = 0
    package var writeFailures: Int64 = 0
    package var isWritable = true

    package init() {}
  }

  private static let metadata = (LedgerMetrics.own + ExporterMetrics.all).map {
    ($0, FamilyMetadata($0.family))
  }

  private let state: Mutex<State>
  private let version: String

  /// - Parameters:
  ///   - served: every value of the label `served`.
  ///   - loadedAt: when the configuration was read.
  package init(version: String, served: [String], loadedAt: Date) {
    self.version = version
    state = Mutex(
      State(scrapes: Dictionary(uniqueKeysWithValues: served.map { ($0, 0) }), reloadTimestamp: loadedAt))
  }

  package func countScrape(served: String, seconds: Double) {
    state.withLock { state in
      state.scrapes[served, default: 0] += 1
      state.durations.observe(seconds)
    }
  }

  package func countRequest(handler: String, code: Int) {
    state.withLock { $0.requests[RequestKey(handler: handler, code: code), default: 0] += 1 }
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
    let builder = render(state.withLock { $0 }, ProcessStatistics.read())
    var writer = RunWriter(format, encoding)
    for (metric, metadata) in Self.metadata {
      if let lines = builder.writer(of: metric) { writer.append(metadata, lines) }
    }
    return writer.finish()
  }

  private func render(_ state: State, _ process: ProcessStatistics) -> PieceBuilder {
    var builder = PieceBuilder()
    for (served, count) in state.scrapes.sorted(by: { $0.key < $1.key }) {
      builder.add(ExporterMetrics.scrapes, LabelSet([Label("served", served)]), .integer(count))
    }
    builder.add(ExporterMetrics.scrapeDuration, .none, state.durations)
    for (key, count) in state.requests.sorted(by: { $0.key < $1.key }) {
      let labels = LabelSet([Label("handler", key.handler), Label("code", String(key.code))])
      builder.add(ExporterMetrics.httpRequests, labels, .integer(count))
    }
    builder.add(ExporterMetrics.reloadSuccessful, .none, .flag(state.reloadSuccessful))
    builder.add(ExporterMetrics.reloadTimestamp, .none, .real(state.reloadTimestamp.timeIntervalSince1970))
    let build = LabelSet([Label("version", version), Label("swift_version", SwiftVersion.value)])
    builder.add(ExporterMetrics.build, build, .integer(1))
    builder.add(LedgerMetrics.restored, .none, .flag(state.ledger.restored))
    builder.add(LedgerMetrics.size, .none, .integer(state.ledger.size))
    builder.add(LedgerMetrics.writeFailures, .none, .integer(state.ledger.writeFailures))
    render(process, into: &builder)
    return builder
  }

  private func render(_ process: ProcessStatistics, into builder: inout PieceBuilder) {
    let values: [(MetricDescriptor, SampleValue?)] = [
      (ExporterMetrics.cpu, process.cpuSeconds.map(SampleValue.real)),
      (ExporterMetrics.openDescriptors, process.openDescriptors.map(SampleValue.integer)),
      (ExporterMetrics.maxDescriptors, process.maxDescriptors.map(SampleValue.real)),
      (ExporterMetrics.virtualMemory, process.virtualBytes.map(SampleValue.integer)),
      (ExporterMetrics.virtualMemoryLimit, process.virtualLimitBytes.map(SampleValue.real)),
      (ExporterMetrics.residentMemory, process.residentBytes.map(SampleValue.integer)),
      (ExporterMetrics.heap, process.heapBytes.map(SampleValue.integer)),
      (ExporterMetrics.startTime, process.startTime.map(SampleValue.real)),
      (ExporterMetrics.threads, process.threads.map(SampleValue.integer)),
    ]
    for (metric, value) in values {
      if let value { builder.add(metric, .none, value) }
    }
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
