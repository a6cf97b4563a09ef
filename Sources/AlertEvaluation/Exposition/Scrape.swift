/// What the exporter knows at the time of one scrape, of one publication of a company.
struct Scrape: Sendable {
  /// Which of the season's steps.
  let step: Int
  /// The last successful collection; nil before the first.
  let refresh: Refresh?
  let providerUp: Bool
  /// Steps whose usage was there before the counters began.
  let baseline: Int

  /// Steps whose usage is counted.
  var steps: Int { (refresh?.through ?? 0) / Season.step }

  /// All scrapes of a season; none while the exporter is down.
  static func all(of publication: Publication, in company: Company) -> [Scrape] {
    let refreshes = publication.refreshes(of: company)
    let event = company.event
    var next = 0
    return (0..<Season.steps).compactMap { step in
      let second = step * Season.step
      while next < refreshes.count, refreshes[next].at <= second { next += 1 }
      if event?.exporterDown?.contains(second) == true { return nil }
      let reset = event == .reset ? event?.exporterDown?.upperBound : nil
      return Scrape(
        step: step, refresh: next > 0 ? refreshes[next - 1] : nil,
        providerUp: event?.providerOutage?.contains(second) != true,
        baseline: reset.map { second >= $0 ? $0 / Season.step : 0 } ?? 0)
    }
  }
}
