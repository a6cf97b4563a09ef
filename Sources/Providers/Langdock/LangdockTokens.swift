import Tabular
import Usage

/// The columns of tokens, which appear in workspaces with model keys of their own.
///
/// Two names are in use for the cached classes, and none is documented for agents.
struct LangdockTokens: Sendable {
  private let prompt: Int?
  private let completion: Int?
  private let cached: Int?
  private let creation: Int?
  private let uncached: Int?

  /// - Returns: nil if the table has none.
  init?(_ header: Header) {
    prompt = header.index(of: "sum_prompt_tokens")
    completion = header.index(of: "sum_completion_tokens")
    cached = header.index(of: "sum_cached_prompt_tokens") ?? header.index(of: "cached_prompt_tokens")
    creation = header.index(of: "sum_cache_creation_tokens") ?? header.index(of: "cache_creation_tokens")
    uncached = header.index(of: "no_cache_tokens") ?? header.index(of: "sum_no_cache_tokens")
    if prompt == nil && completion == nil { return nil }
  }

  /// Tokens in disjoint classes: what is not told apart is input.
  func read(
    _ record: borrowing Record, of entity: Entity, into amounts: inout [(SeriesKey, Int64)]
  ) throws(RowRefused) {
    let prompt = try count(record, prompt)
    let cached = try count(record, cached)
    let creation = try count(record, creation)
    let input = try count(record, uncached) ?? prompt.map { max(0, $0 - (cached ?? 0) - (creation ?? 0)) }
    let classes: [(TokenType, Int64?)] = [
      (.input, input), (.output, try count(record, completion)), (.cachedInput, cached),
      (.cacheCreationInput, creation),
    ]
    for (type, amount) in classes {
      if let amount { amounts.append((SeriesKey(entity, .tokens, type.rawValue), amount)) }
    }
  }

  private func count(_ record: borrowing Record, _ column: Int?) throws(RowRefused) -> Int64? {
    guard let column else { return nil }
    return try record.amount(column, .tokens)
  }
}
