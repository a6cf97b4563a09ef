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

  /// All counters of a measure at a provider, since that is what the excess is told of.
  private struct Sum: Sendable {
    let provider: ProviderKind
    let measure: Measure
    let parts: [Part]
  }

  private struct Part: Sendable {
    let collector: String
    let truth: @Sendable (Company, DaySpan, Date) -> Truth

    init(_ collector: String, _ truth: @escaping @Sendable (Company, DaySpan, Date) -> Truth) {
      self.collector = collector
      self.truth = truth
    }
  }

  private let company: Company

  init(today: Day) {
    company = Company(.demo(today: today))
  }

  private static let sums = [
    Sum(
      provider: .langdock, measure: .messages,
      parts: [
        Part("agents") { $0.agentTruth($1, at: $2) }, Part("projects") { $0.projectTruth($1, at: $2) },
        Part("users") { $0.userTruth($1, at: $2) },
      ]),
    Sum(
      provider: .dust, measure: .messages,
      parts: [
        Part("agents") { $0.dustAgentTruth($1, at: $2) }, Part("sources") { $0.dustSourceTruth($1, at: $2) },
        Part("users") { $0.dustUserTruth($1, at: $2) },
        Part("usage_metrics") { company, span, moment in
          span.days.reduce(into: Truth()) { truth, day in
            for (key, value) in company.dustWorkspaceTruth(day, at: moment).quantities {
              truth.quantities[key, default: 0] += value
            }
          }
        },
      ]),
    Sum(provider: .tess, measure: .executions, parts: [Part("executions") { $0.tessTruth($1, at: $2) }]),
  ]

  func verdicts(from first: Scrape, to last: Scrape) -> [Verdict] {
    Self.sums.map { sum in
      let bounds = sum.parts.map { self.bounds($0, sum, from: first, to: last) }
      return Verdict(
        name: "\(sum.provider.rawValue) \(sum.measure.rawValue) of all scopes", shown: shown(last, sum),
        least: bounds.reduce(0) { $0 + $1.least }, most: bounds.reduce(0) { $0 + $1.most })
    }
  }

  private func bounds(
    _ part: Part, _ sum: Sum, from first: Scrape, to last: Scrape
  ) -> (least: Double, most: Double) {
    let start = readings(first, part, of: sum.provider)
    let end = readings(last, part, of: sum.provider)
    let days = Self.span(from: start.lowerBound, to: end.upperBound)
    func total(_ moment: Date) -> Double {
      part.truth(company, days, moment).quantities.filter { $0.key.measure == sum.measure }
        .reduce(0) { $0 + Double($1.value) }
    }
    return (total(end.lowerBound) - total(start.upperBound), total(end.upperBound) - total(start.lowerBound))
  }

  /// When the last reading began, and when it was over: its answer is of some moment in between.
  private func readings(_ scrape: Scrape, _ part: Part, of provider: ProviderKind) -> ClosedRange<Date> {
    let labels = ["provider": provider.rawValue, "workspace": "demo", "collector": part.collector]
    let began = scrape["agentusage_collector_last_success_timestamp_seconds", labels] ?? 0
    let took = scrape["agentusage_collector_duration_seconds", labels] ?? 0
    return Date(timeIntervalSince1970: began)...Date(timeIntervalSince1970: began + took)
  }

  /// The baseline takes in the closed days that may still be restated.
  private static func span(from start: Date, to end: Date) -> DaySpan {
    DaySpan(
      LocalCalendar.utc.day(at: start).advanced(by: -3), through: LocalCalendar.utc.day(at: end))
  }

  private func shown(_ scrape: Scrape, _ sum: Sum) -> Double {
    let counted = scrape.samples.filter { series, _ in
      series.name.hasPrefix("agentusage_") && series.name.hasSuffix("_\(sum.measure.rawValue)_total")
        && series.labels["provider"] == sum.provider.rawValue
    }.values.reduce(0, +)
    let excess = scrape.values(
      "agentusage_ledger_excess", where: ["provider": sum.provider.rawValue, "measure": sum.measure.rawValue])
    return counted - excess.values.reduce(0, +)
  }
}
