import Usage

extension SettingsReader {
  private static let budgetPeriods: [CalendarPeriod] = [.day, .week, .month, .year]

  /// - Parameter provider: whose budgets they are, if of one.
  /// - Returns: by period, then by measure.
  mutating func budgets(in field: Field, of provider: ProviderDefaults?) -> [Budget]? {
    let names = SettingsReader.budgetPeriods.map(\.rawValue)
    guard let periods = fields(of: field.value, "`budgets`", known: names) else { return nil }
    var budgets: [Budget] = []
    for period in SettingsReader.budgetPeriods {
      guard let field = periods[period.rawValue] else { continue }
      budgets += self.budgets(of: period, in: field, provider)
    }
    return budgets
  }

  private mutating func budgets(
    of period: CalendarPeriod, in field: Field, _ provider: ProviderDefaults?
  ) -> [Budget] {
    let names = Measure.allCases.map(\.rawValue)
    guard let amounts = fields(of: field.value, "`\(period.rawValue)`", known: names) else { return [] }
    return Measure.allCases.compactMap { measure in
      guard let field = amounts[measure.rawValue] else { return nil }
      if let provider, !provider.budgetMeasures.contains(measure) {
        let told = Measure.allCases.filter(provider.budgetMeasures.contains).map(\.rawValue)
        report.warn(
          at: field.place,
          "a budget of `\(measure.rawValue)` is never watched: \(provider.kind.rawValue) tells of periods "
            + English.list(English.quoted(told), "and"))
      }
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
