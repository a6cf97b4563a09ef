import Usage

/// For collectors that read single days and leave the periods to be summed in the books.
extension Demand {
  /// A day's bucket, and its gauges as long as they are published.
  func answer(for day: Day, _ reading: Reading) -> Answer {
    var coverage = [Coverage.bucket(.day(day))]
    if day >= today.advanced(by: -1) { coverage.append(.period(PeriodWindow(.day, start: day))) }
    return Answer(coverage, reading)
  }

  /// The periods that are demanded, to be delivered after the days.
  var sums: Answer {
    Answer(periods.filter { $0 != .day }.map { .summed(PeriodWindow($0, today: today)) }, Reading())
  }
}
