/// What a company means to spend in a calendar period: published beside the usage, never enforced.
package struct Budget: Sendable, Hashable {
  /// Day, week, month or year.
  package var period: CalendarPeriod
  package var measure: Measure
  /// In the stored units of the measure (``Measure/Scale``); never negative.
  package var amount: Int64

  package init(period: CalendarPeriod, measure: Measure, amount: Int64) {
    self.period = period
    self.measure = measure
    self.amount = amount
  }
}
