/// What an expression reads, as far as its words tell: metrics, and how far back.
package struct PromQLReading: Sendable, Hashable {
  /// Names of metrics, recorded ones among them.
  package var metrics: Set<String> { Set(own.keys) }
  /// Whether a selector names its metrics by a matcher, so that they cannot be told.
  package private(set) var matchesNames = false
  /// Seconds of the shortest offset; nil without one.
  package private(set) var shortestOffset: Int?
  /// Seconds that selectors of each metric reach back by themselves, range and offset together.
  private var own: [String: Int] = [:]
  /// The same of the subqueries.
  private var subquery = 0

  /// Seconds before the evaluation from which on a metric is read; every subquery is taken to be around it.
  package func reach(of metric: String) -> Int { (own[metric] ?? 0) + subquery }

  package init(_ expression: String) {
    var scanner = PromQLScanner(expression)
    var read: Read?
    var afterOffset = false
    while let token = scanner.next() {
      switch token {
      case .metric(let name):
        finish(read)
        read = Read(metric: name)
      case .selector(let text): matchesNames = matchesNames || text.contains("__name__")
      case .range(let text):
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 1 {
          finish(read)
          read = Read(metric: nil)
        }
        read?.seconds += parts.first.flatMap { PrometheusDuration.seconds($0) } ?? 0
      case .number(let text) where afterOffset:
        let seconds = PrometheusDuration.seconds(text) ?? 0
        read?.seconds += seconds
        shortestOffset = min(shortestOffset ?? seconds, seconds)
      case .number, .keyword: break
      }
      afterOffset = token == .keyword("offset")
    }
    finish(read)
  }

  /// A selector, or without a metric a subquery, and what follows it.
  private struct Read {
    let metric: String?
    var seconds = 0
  }

  private mutating func finish(_ read: Read?) {
    guard let read else { return }
    if let metric = read.metric {
      own[metric] = max(own[metric] ?? 0, read.seconds)
    } else {
      subquery += read.seconds
    }
  }

  /// The expression with other metrics in place of some.
  package static func renaming(_ names: [String: String], in expression: String) -> String {
    var scanner = PromQLScanner(expression)
    var result = ""
    var copied = expression.startIndex
    while let token = scanner.next() {
      guard case .metric(let name) = token, let other = names[name] else { continue }
      let end = scanner.position
      result += expression[copied..<expression.index(end, offsetBy: -name.count)] + other
      copied = end
    }
    return result + expression[copied...]
  }
}
