import Usage

/// For collectors that read days, and sum the periods themselves or leave that to the books.
extension Demand {
  /// A day's bucket, and its gauges as long as they are published.
  func coverage(of day: Day) -> [Coverage] {
    var coverage = [Coverage.bucket(.day(day))]
    if day >= today.advanced(by: -1) { coverage.append(.period(PeriodWindow(.day, start: day))) }
    return coverage
  }

  func answer(for day: Day, _ reading: Reading) -> Answer { Answer(coverage(of: day), reading) }

  /// The periods that are demanded, to be delivered after the days.
  var sums: Answer {
    Answer(periods.filter { $0 != .day }.map { .summed(PeriodWindow($0, today: today)) }, Reading())
  }
}
