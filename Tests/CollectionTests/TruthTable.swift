import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// One kind of entity as the simulator knows it, to be held against what a scrape shows.
struct TruthTable: Sendable {
  let provider: ProviderKind
  let scope: Scope
  var measures = Set(Measure.allCases)
  var periods = CalendarPeriod.allCases
  /// The usage of local days as the provider must report it at a moment.
  let truth: @Sendable (DaySpan, Date) -> Truth

  /// "Every period gauge equals the truth", and there are no others.
  func expectGauges(_ scrape: Scrape, in calendar: LocalCalendar, at now: Date) {
    let today = calendar.day(at: now)
    for period in CalendarPeriod.allCases {
      let known = periods.contains(period) ? truth(period.soFar(today), now).quantities : [:]
      expectGauges(scrape, period, known)
      // A year without anything would make this a comparison of nothing with nothing.
      #expect(period != .year || !periods.contains(.year) || known.contains { $0.key.entity.scope == scope })
    }
  }

  func expectGauges(_ scrape: Scrape, _ period: CalendarPeriod, _ truth: [SeriesKey: Int64]) {
    for measure in measures {
      let name = "agentusage_\(scope.rawValue)_period_\(measure.rawValue)"
      let shown = scrape.values(name, where: ["provider": provider.rawValue, "period": period.rawValue])
      let known = truth.filter { $0.key.measure == measure && $0.key.entity.scope == scope && $0.value != 0 }
      let expected = Dictionary(
        uniqueKeysWithValues: known.map { key, amount in
          (Scrape.Series(name, key.labels(provider, ["period": period.rawValue])), measure.value(amount))
        })
      #expect(differences(shown, expected) == [], "\(provider) \(period)")
    }
  }

  /// By how much each series grew since `start`, counted day by day: a day that shrank takes nothing from the others.
  func growth(_ days: [Day], from start: Date, to end: Date) -> [SeriesKey: Int64] {
    growth(days.map { DaySpan($0) }, from: start, to: end)
  }

  /// The same table where only these periods are published.
  func publishing(_ published: [CalendarPeriod]) -> TruthTable {
    var table = self
    table.periods = periods.filter(published.contains)
    return table
  }

  func growth(_ buckets: [DaySpan], from start: Date, to end: Date) -> [SeriesKey: Int64] {
    var growth: [SeriesKey: Int64] = [:]
    for span in buckets {
      let before = truth(span, start).quantities
      for (key, value) in truth(span, end).quantities
      where key.entity.scope == scope && measures.contains(key.measure) {
        growth[key, default: 0] += max(0, value - (before[key] ?? 0))
      }
    }
    return growth
  }

  /// A bucket that rose and fell again between two looks leaves its counter above the plain difference; by how much is in
  /// `ledger_excess`.
  func expectCounters(_ scrape: Scrape, _ growth: [SeriesKey: Int64]) {
    for (key, amount) in growth {
      let shown = scrape[counterName(key), key.labels(provider)] ?? -1
      let least = key.measure.value(amount)
      let most = least + excess(scrape, key.measure)
      #expect(shown >= least - 1e-9 && shown <= most + 1e-9, "\(key): \(shown), not \(least) to \(most)")
    }
  }

  func counterName(_ key: SeriesKey) -> String { "agentusage_\(scope.rawValue)_\(key.measure.rawValue)_total" }

  func excess(_ scrape: Scrape, _ measure: Measure) -> Double {
    scrape[
      "agentusage_ledger_excess",
      ["provider": provider.rawValue, "workspace": "acme", "measure": measure.rawValue]] ?? 0
  }
}

/// "Every window of active users equals the truth", and there are no others.
func expectActiveUsers(
  _ scrape: Scrape, _ provider: ProviderKind, _ scope: Scope, _ days: Int, _ truth: [Entity: Int64]
) {
  let name = "agentusage_\(scope.rawValue)_active_users"
  let shown = scrape.values(name, where: ["provider": provider.rawValue, "window": "\(days)d"])
  let known = truth.filter { $0.key.scope == scope && $0.value != 0 }
  let expected = Dictionary(
    uniqueKeysWithValues: known.map { entity, count in
      (Scrape.Series(name, SeriesKey(entity, .messages).labels(provider, ["window": "\(days)d"])), Double(count))
    })
  #expect(differences(shown, expected) == [], "\(provider) \(days)d")
}

/// What a scrape shows otherwise than it should, the first few of it: a series of 0 may as well be absent.
private func differences(_ shown: [Scrape.Series: Double], _ expected: [Scrape.Series: Double]) -> [String] {
  let series = Set(shown.keys).union(expected.keys).filter { shown[$0] ?? 0 != expected[$0] ?? 0 }
  let lines = series.map { "\($0.name) \($0.labels): \(shown[$0] ?? 0), not \(expected[$0] ?? 0)" }
  return lines.count > 4 ? lines.sorted().prefix(4) + ["and \(lines.count - 4) more"] : lines.sorted()
}

/// "It never decreases": no counter of usage is lower in `later` than in `earlier`, and none is gone.
func expectNoFall(_ earlier: Scrape, _ later: Scrape, at moment: Date) {
  for (series, value) in earlier.usageCounters {
    let now = later.samples[series] ?? -1
    #expect(now >= value, "\(series) at \(moment): \(value), then \(now)")
  }
}

extension Scrape {
  /// The counters that the ledger keeps.
  var usageCounters: [Series: Double] {
    let names = Scope.allCases.map { "agentusage_\($0.rawValue)_" }
    return samples.filter { sample in
      sample.key.name.hasSuffix("_total") && names.contains { sample.key.name.hasPrefix($0) }
    }
  }
}

extension SeriesKey {
  /// The labels under which it is published.
  func labels(_ provider: ProviderKind, _ extra: [String: String] = [:]) -> [String: String] {
    var labels = ["provider": provider.rawValue, "workspace": "acme"]
    for (label, value) in zip(entity.scope.identityLabels, [entity.id, entity.qualifier]) where !value.isEmpty {
      labels[label] = value
    }
    if let name = measure.dimension { labels[name] = dimension }
    return labels.merging(extra) { $1 }
  }
}

extension Measure {
  /// A number of stored units as a sample shows it.
  func value(_ amount: Int64) -> Double { Double(amount) / Double(scale.rawValue) }
}
