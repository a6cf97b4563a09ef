import Usage

extension SettingsReader {
  private static let budgetPeriods: [CalendarPeriod] = [.day, .week, .month, .year]

  /// - Returns: by period, then by measure.
  mutating func budgets(in field: Field) -> [Budget]? {
    let names = SettingsReader.budgetPeriods.map(\.rawValue)
    guard let periods = fields(of: field.value, "`budgets`", known: names) else { return nil }
    var budgets: [Budget] = []
    for period in SettingsReader.budgetPeriods {
      guard let field = periods[period.rawValue] else { continue }
      budgets += self.budgets(of: period, in: field)
    }
    return budgets
  }

  private mutating func budgets(of period: CalendarPeriod, in field: Field) -> [Budget] {
    let names = Measure.allCases.map(\.rawValue)
    guard let amounts = fields(of: field.value, "`\(period.rawValue)`", known: names) else { return [] }
    return Measure.allCases.compactMap { measure in
      guard let field = amounts[measure.rawValue] else { return nil }
      return amount(field, of: measure).map { Budget(period: period, measure: measure, amount: $0) }
    }
  }

  private mutating func amount(_ field: Field, of measure: Measure) -> Int64? {
    guard let text = text(field, measure.rawValue) else { return nil }
    do {
      return try DecimalAmount.parse(text.value, measure.scale)
    } catch {
      let isWhole = measure.scale == .whole
      let fault =
        switch error {
        case .negative: "must not be negative"
        case .notANumber: "must be a number such as \(isWhole ? "200000" : "50000 or 1250.5"), in digits"
        case .tooFine: isWhole ? "must be a whole number" : "must not have more than 6 decimals"
        case .tooLarge: "must be at most \(DecimalAmount.format(Quantity.limit, measure.scale))"
        }
      report.fault(at: text.place, "`\(measure.rawValue)` \(fault)")
      return nil
    }
  }
}
