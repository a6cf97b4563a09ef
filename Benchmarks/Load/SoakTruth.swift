import Foundation
import Simulator
import TestSupport
import Usage

/// What the counters of a demo must come to.
///
/// A counter keeps what the provider took back, and `agentusage_ledger_excess` says how much that is: all counters of a
/// measure less its excess are what the provider tells now, less what it told at the start.
struct SoakTruth: Sendable {
  struct Verdict: Sendable {
    let name: String
    let shown: Double
    let least: Double
    let most: Double

    var isExact: Bool { (least...max(least, most)).contains(shown) }
    var text: String {
      let bounds = least == most ? "\(Int(least))" : "\(Int(least)) to \(Int(most))"
      return "\(name): \(Int(shown)), by the simulator \(bounds)\(isExact ? "" : "  WRONG")"
    }
  }

  private struct Sum: Sendable {
    let provider: ProviderKind
    let collector: String
    let measure: Measure
    let truth: @Sendable (Company, DaySpan, Date) -> Truth
  }

  private let company: Company

  init(today: Day) {
    company = Company(Company.Configuration(today: today))
  }

  private static let sums = [
    Sum(provider: .langdock, collector: "agents", measure: .messages) { $0.agentTruth($1, at: $2) },
    Sum(provider: .dust, collector: "agents", measure: .messages) { $0.dustAgentTruth($1, at: $2) },
    Sum(provider: .tess, collector: "executions", measure: .executions) { $0.tessTruth($1, at: $2) },
  ]

  func verdicts(from first: Scrape, to last: Scrape) -> [Verdict] {
    Self.sums.map { sum in
      let start = readings(first, sum)
      let end = readings(last, sum)
      let days = days(from: start.lowerBound, to: end.upperBound)
      func total(_ moment: Date) -> Double {
        let truth = sum.truth(company, days, moment).quantities
        return truth.filter { $0.key.measure == sum.measure && $0.key.entity.scope == .agent }
          .reduce(0) { $0 + Double($1.value) }
      }
      return Verdict(
        name: "\(sum.provider.rawValue) \(sum.measure.rawValue) of agents", shown: shown(last, sum),
        least: total(end.lowerBound) - total(start.upperBound), most: total(end.upperBound) - total(start.lowerBound))
    }
  }

  /// When the last reading began, and when it was over: its answer is of some moment in between.
  private func readings(_ scrape: Scrape, _ sum: Sum) -> ClosedRange<Date> {
    let labels = ["provider": sum.provider.rawValue, "workspace": "demo", "collector": sum.collector]
    let began = scrape["agentusage_collector_last_success_timestamp_seconds", labels] ?? 0
    let took = scrape["agentusage_collector_duration_seconds", labels] ?? 0
    return Date(timeIntervalSince1970: began)...Date(timeIntervalSince1970: began + took)
  }

  /// The baseline takes in the closed days that may still be restated.
  private func days(from start: Date, to end: Date) -> DaySpan {
    DaySpan(
      LocalCalendar.utc.day(at: start).advanced(by: -3), through: LocalCalendar.utc.day(at: end))
  }

  private func shown(_ scrape: Scrape, _ sum: Sum) -> Double {
    let name = "agentusage_agent_\(sum.measure.rawValue)_total"
    let counted = scrape.values(name, where: ["provider": sum.provider.rawValue]).values.reduce(0, +)
    let excess = scrape.values(
      "agentusage_ledger_excess", where: ["provider": sum.provider.rawValue, "measure": sum.measure.rawValue])
    return counted - excess.values.reduce(0, +)
  }
}
