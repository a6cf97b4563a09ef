/// A workspace with one budget, as an exporter shows it.
struct BudgetLife: Sendable {
  var labels = #"provider="dust",workspace="acme""#
  var period = "month"
  let minutes: Int
  let every: Int
  var budget: Double? = 1200
  /// The minute from which on no budget is configured.
  var budgetUntil = Int.max
  /// When the period began, in minutes; below 0 if it is under way at the start of the scene.
  var start: @Sendable (Int) -> Int
  /// Minutes.
  var length = 720 * 60
  /// The month's messages, as one gauge of the workspace's own.
  var spent: @Sendable (Int) -> Double?
  var isUp: @Sendable (Int) -> Bool = { _ in true }
  var catchesUp: @Sendable (Int) -> Bool = { _ in false }
  var isScraped: @Sendable (Int) -> Bool = { _ in true }

  init(
    minutes: Int, every: Int, start: @escaping @Sendable (Int) -> Int, spent: @escaping @Sendable (Int) -> Double?
  ) {
    self.minutes = minutes
    self.every = every
    self.start = start
    self.spent = spent
  }

  func with(_ change: (inout BudgetLife) -> Void) -> BudgetLife {
    var life = self
    change(&life)
    return life
  }

  var series: [InputSeries] {
    calendar + [
      gauge("provider_up") { isUp($0) ? 1 : 0 },
      gauge("collector_catching_up", #",collector="agents""#) { catchesUp($0) ? 1 : 0 },
      gauge("workspace_period_messages", ofPeriod) { spent($0) },
    ] + (budget.map { amount in [gauge("budget_messages", ofPeriod) { $0 < budgetUntil ? amount : nil }] } ?? [])
  }

  /// The bounds of the period alone.
  var calendar: [InputSeries] {
    [
      gauge("period_start_timestamp_seconds", ofPeriod) { Double(start($0) * 60) },
      gauge("period_end_timestamp_seconds", ofPeriod) { Double((start($0) + length) * 60) },
    ]
  }

  private var ofPeriod: String { #",period="\#(period)""# }

  private func gauge(_ name: String, _ extra: String = "", _ value: (Int) -> Double?) -> InputSeries {
    InputSeries("agentusage_\(name){\(labels)\(extra)}", steps: minutes / every + 1) { step in
      isScraped(step * every) ? value(step * every) : nil
    }
  }
}
