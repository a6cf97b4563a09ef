/// A PromQL expression.
///
/// The operators write no parentheses: their sides are selectors, calls or aggregations, unless `parenthesised`.
struct Expression: Sendable, Equatable {
  let text: String

  init(_ text: String) { self.text = text }

  var parenthesised: Expression { Expression("(\(text))") }

  func sum(by labels: String...) -> Expression { aggregated("sum", labels) }

  func max(by labels: String...) -> Expression { aggregated("max", labels) }

  func min(by labels: String...) -> Expression { aggregated("min", labels) }

  func count(by labels: String...) -> Expression { aggregated("count", labels) }

  func aggregated(_ operation: String, _ labels: [String]) -> Expression {
    let by = labels.isEmpty ? "" : " by (\(labels.joined(separator: ", "))) "
    return Expression("\(operation)\(by)(\(text))")
  }

  func above(_ limit: Int) -> Expression { Expression("\(text) > \(limit)") }

  func equal(to value: Int) -> Expression { Expression("\(text) == \(value)") }

  /// The value, or 0 where there is none; only for what is counted over everything.
  func orZero() -> Expression { Expression("\(text) or vector(0)") }

  func or(_ other: Expression) -> Expression { Expression("\(text) or \(other.text)") }

  /// The same values under one more label, which tells what would otherwise be the same series apart.
  func labelled(_ label: String, _ value: String) -> Expression {
    Expression("label_replace(\(text), \"\(label)\", \"\(value)\", \"\", \"\")")
  }

  static func / (left: Expression, right: Expression) -> Expression { Expression("\(left.text) / \(right.text)") }

  static func * (left: Expression, right: Expression) -> Expression { Expression("\(left.text) * \(right.text)") }

  static func - (left: Expression, right: Expression) -> Expression { Expression("\(left.text) - \(right.text)") }

  static func + (left: Expression, right: Expression) -> Expression { Expression("\(left.text) + \(right.text)") }

  static func number(_ value: Int) -> Expression { Expression(String(value)) }

  /// Seconds since the epoch at the moment of each value.
  static let now = Expression("time()")
}
