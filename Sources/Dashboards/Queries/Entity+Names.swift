extension Entity {
  var info: Series { Series.scraped("agentusage_\(scope)_info") }

  /// The expression with the entity's name as a label: the one it has at the end of the range, or else had within it.
  ///
  /// An entity that is being renamed, or that two exporters know by different names, has two `_info` series; a join
  /// with both would fail the whole query, so one is taken.
  func named(_ expression: Expression) -> Expression {
    guard let name else { return expression }
    let current = info.atEnd().aggregated("max", identity + [name])
    let former = info.last(over: .rangeAtEnd).aggregated("max", identity + [name])
    let either = Expression("\(current.text) or \(on) \(former.text)")
    return joined(expression, with: [name], from: either)
  }

  /// The expression with labels of the entity's `_info` series, of which one is taken where several differ.
  func joined(_ expression: Expression, with labels: [String], from info: Expression) -> Expression {
    let one = "topk by (\(identity.joined(separator: ", "))) (1, \(info.text))"
    return Expression("\(expression.text) * \(on) group_left (\(labels.joined(separator: ", "))) \(one)")
  }

  /// Only the `limit` entities that are greatest over the whole range: `topk` alone would choose anew at each moment.
  func greatest(_ limit: Int, of expression: Expression, by ranking: Expression) -> Expression {
    Expression("\(expression.text) and \(on) topk(\(limit), \(ranking.text))")
  }

  private var on: String { "on (\(identity.joined(separator: ", ")))" }
}
