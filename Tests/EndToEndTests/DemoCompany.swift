import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The company of a demo with a past, made once more.
struct DemoCompany: Sendable {
  /// What is held against the truth of each provider.
  enum Measured: String, CaseIterable, Sendable {
    case langdock, dust, tess, agentphone

    var measure: Measure { self == .tess ? .executions : .messages }
    var counter: String { "agentusage_agent_\(measure.rawValue)_total{provider=\"\(rawValue)\"}" }

    func counter(_ agent: String) -> String { "\(counter.dropLast()),agent_id=\"\(agent)\"}" }
  }

  private let company: Company

  init(spike: (agent: String, day: Int)? = nil, of provider: ProviderKind = .agentphone) {
    let today = LocalCalendar.utc.day(at: Date())
    var configuration = Company.Configuration.demo(today: today)
    configuration.steadyHeartbeat = 600
    if let spike {
      configuration.incidents = [
        Incident(
          kind: .spike, provider: provider, agentID: spike.agent, days: DaySpan(today.advanced(by: spike.day)),
          note: "")
      ]
    }
    company = Company(configuration)
  }

  /// By agent, what counts at `end` and did not at `start`.
  func growth(_ measured: Measured, from start: Date, to end: Date) -> [String: Double] {
    let calendar = LocalCalendar.utc
    // What is told late or taken back may be of days before.
    let days = DaySpan(calendar.day(at: start).advanced(by: -3), through: calendar.day(at: end))
    var growth: [String: Double] = [:]
    for (key, amount) in truth(measured, days, at: end).quantities where isCounted(key, measured) {
      growth[key.entity.id, default: 0] += Double(amount)
    }
    for (key, amount) in truth(measured, days, at: start).quantities where isCounted(key, measured) {
      growth[key.entity.id, default: 0] -= Double(amount)
    }
    return growth
  }

  private func isCounted(_ key: SeriesKey, _ measured: Measured) -> Bool {
    key.entity.scope == .agent && key.measure == measured.measure
  }

  /// In the measure's own unit, by entity, what a truth tells at `end` and did not at `start`.
  func growth(
    _ measure: Measure, _ scope: Scope, from start: Date, to end: Date, of truth: (Company, DaySpan, Date) -> Truth
  ) -> [Entity: Double] {
    let calendar = LocalCalendar.utc
    let days = DaySpan(calendar.day(at: start).advanced(by: -3), through: calendar.day(at: end))
    var growth: [Entity: Double] = [:]
    for (sign, moment) in [(1.0, end), (-1.0, start)] {
      for (key, amount) in truth(company, days, moment).quantities
      where key.entity.scope == scope && key.measure == measure {
        growth[key.entity, default: 0] += sign * Double(amount) / Double(measure.scale.rawValue)
      }
    }
    return growth
  }

  /// Distinct users of a workspace over the seven days that end at a moment.
  func usersOfWeek(_ provider: ProviderKind, at moment: Date) -> Int64? {
    let today = LocalCalendar.utc.day(at: moment)
    let week = DaySpan(endingOn: today, count: 7)
    return switch provider {
    case .langdock: company.userTruth(week, at: moment).activeUsers[.workspace]
    case .dust: company.dustActiveUserTruth(endingOn: today, at: moment).wau
    case .tess: company.tessTruth(week, at: moment).activeUsers[.workspace]
    default: nil
    }
  }

  /// Completed calls of the calendar month that holds a moment, by then.
  func callsOfMonth(at moment: Date) -> Double {
    let quantities = company.phoneAgentTruth(.month, at: moment).quantities
    return quantities.filter { $0.key.measure == .calls }.values.reduce(0) { $0 + Double($1) }
  }

  func name(ofAgent id: String) -> String? { company.directory.agents.first { $0.id == id }?.name }

  private func truth(_ measured: Measured, _ days: DaySpan, at moment: Date) -> Truth {
    switch measured {
    case .langdock: company.agentTruth(days, at: moment)
    case .dust: company.dustAgentTruth(days, at: moment)
    case .tess: company.tessTruth(days, at: moment)
    case .agentphone: company.phoneAgentTruth(days, at: moment)
    }
  }

  /// Counters have all that happened since they stood at 0, those of the largest agents among them.
  func expectCounters(_ measured: Measured, of exporter: ExporterProcess, since start: Date) async throws {
    let scrape = try await HTTP.scrape(exporter.url + "/metrics")
    let through = scrape.values(
      "agentusage_collector_data_through_timestamp_seconds", where: ["provider": measured.rawValue])
    let collectors = through.filter { ["agents", "executions"].contains($0.key.labels["collector"] ?? "") }
    let end = Date(timeIntervalSince1970: try #require(collectors.values.first))
    let least = growth(measured, from: start, to: end)
    let most = growth(measured, from: start, to: end + 5)
    for (agent, expected) in least.sorted(by: { $0.value > $1.value }).prefix(4) {
      let shown = scrape[
        "agentusage_agent_\(measured.measure.rawValue)_total",
        ["provider": measured.rawValue, "workspace": "demo", "agent_id": agent]]
      Self.expect(shown, from: expected, to: most[agent] ?? expected, "\(agent) at the present")
    }
  }

  /// Beside rounding: usage that is told late is taken in up to half a day later, and usage that is taken back stays
  /// counted. Of a thousand events these are twenty and three.
  static func expect(_ shown: Double?, from least: Double, to most: Double, _ what: String) {
    let shown = shown ?? .nan
    #expect(shown > 0.96 * least - 3 && shown < 1.02 * most + 3, "\(what): \(shown), not \(least) to \(most)")
  }
}

/// What a file of history spans, read off its first series.
struct HistorySpan: Sendable {
  private let timestamps: [Double]

  /// - Throws: if the file cannot be read or has no sample.
  init(of file: String) throws {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    defer { try? handle.close() }
    let text = String(decoding: try handle.read(upToCount: 1 << 20) ?? Data(), as: UTF8.self)
    let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
    let series = try #require(samples.first?.first)
    timestamps = samples.filter { $0.first == series && $0.count == 3 }.compactMap { Double($0[2]) }
    _ = try #require(timestamps.last)
  }

  var first: Date { Date(timeIntervalSince1970: timestamps.first ?? 0) }
  var last: Date { Date(timeIntervalSince1970: timestamps.last ?? 0) }

  /// Milliseconds between samples.
  var steps: [Int] {
    zip(timestamps, timestamps.dropFirst()).map { Int((($1 - $0) * 1000).rounded()) }
  }

  /// The last collection.
  func last(every seconds: TimeInterval) -> Date {
    Date(timeIntervalSince1970: ((timestamps.last ?? 0) / seconds).rounded(.down) * seconds)
  }
}
