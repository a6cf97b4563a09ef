import Tabular
import Usage

/// Where a table's columns are in one export, by name.
struct LangdockColumns: Sendable {
  private let scope: Scope
  private let id: Int?
  private let qualifier: Int?
  private let measures: [(measure: Measure, column: Int)]
  private let tokens: TokenColumns?
  private let users: Int?
  private let attributes: [(label: String, column: Int)]
  private let periodStart: Int?
  private let periodEnd: Int?
  /// Measures of the table for which there is no column.
  let unreported: Set<Measure>

  /// Two names are in use for the cached classes, and none is documented for agents.
  private struct TokenColumns: Sendable {
    let prompt: Int?
    let completion: Int?
    let cached: Int?
    let creation: Int?
    let uncached: Int?

    init?(_ header: CSVHeader) {
      prompt = header.index(of: "sum_prompt_tokens")
      completion = header.index(of: "sum_completion_tokens")
      cached = header.index(of: "sum_cached_prompt_tokens") ?? header.index(of: "cached_prompt_tokens")
      creation = header.index(of: "sum_cache_creation_tokens") ?? header.index(of: "cache_creation_tokens")
      uncached = header.index(of: "no_cache_tokens") ?? header.index(of: "sum_no_cache_tokens")
      if prompt == nil && completion == nil { return nil }
    }
  }

  init(_ table: LangdockTable, _ header: CSVHeader) {
    scope = table.scope
    id = header.index(of: table.id)
    qualifier = table.qualifier.flatMap { header.index(of: $0) }
    measures = table.measures.compactMap { entry in header.index(of: entry.column).map { (entry.measure, $0) } }
    tokens = table.hasTokens ? TokenColumns(header) : nil
    users = table.users.lazy.compactMap { header.index(of: $0) }.first
    attributes = table.attributes.compactMap { entry in header.index(of: entry.column).map { (entry.label, $0) } }
    periodStart = header.index(of: "period_start")
    periodEnd = header.index(of: "period_end")
    var missing = Set(table.measures.map(\.measure)).subtracting(measures.map(\.measure))
    if table.hasTokens && tokens == nil { missing.insert(.tokens) }
    unreported = missing
  }

  /// Takes in one row, or counts it as refused.
  func read(_ row: CSVRow, within bounds: LangdockRows.Bounds, into reading: inout Reading) {
    var read: (Entity, users: Int64?)?
    reading.row { amounts throws(RowRefused) in
      let entity = try entity(row)
      try checkPeriod(row, bounds)
      for (measure, column) in measures {
        let parsed = row.field(column).decimal(scale: measure.scale.rawValue)
        if let amount = try FieldReader.amount(parsed) { amounts.append((SeriesKey(entity, measure), amount)) }
      }
      try readTokens(row, entity, into: &amounts)
      read = (entity, try count(row, users))
    }
    guard let (entity, users) = read else { return }
    if let users {
      // Two rows of one entity: their users may be the same people, so the larger number is all that is certain.
      reading.activeUsers[entity] = max(reading.activeUsers[entity] ?? 0, users)
    }
    if !attributes.isEmpty {
      reading.attributes[entity] = attributes.map { Reading.Attribute($0.label, row.field($0.column).repairedText) }
    }
  }

  private func entity(_ row: CSVRow) throws(RowRefused) -> Entity {
    guard let id, !row.field(id).isEmpty else { throw RowRefused(.missingID) }
    guard let text = row.field(id).text else { throw RowRefused(.invalidUTF8) }
    guard let qualifier else { return Entity(scope, upstream: text) }
    guard let kind = row.field(qualifier).text else { throw RowRefused(.invalidUTF8) }
    return Entity(scope, upstream: text, qualifier: kind)
  }

  /// Rows of another time than the one asked for are no part of the answer.
  private func checkPeriod(_ row: CSVRow, _ bounds: LangdockRows.Bounds) throws(RowRefused) {
    if let day = day(row, periodEnd), day > bounds.last { throw RowRefused(.future) }
    if let day = day(row, periodStart) {
      if day > bounds.last { throw RowRefused(.future) }
      if day < bounds.first { throw RowRefused(.outsideWindow) }
    }
  }

  private func day(_ row: CSVRow, _ column: Int?) -> Day? {
    column.flatMap { row.field($0).timestamp?.day }
  }

  /// Tokens in disjoint classes: what is not told apart is input.
  private func readTokens(
    _ row: CSVRow, _ entity: Entity, into amounts: inout [(SeriesKey, Int64)]
  ) throws(RowRefused) {
    guard let tokens else { return }
    let prompt = try count(row, tokens.prompt)
    let cached = try count(row, tokens.cached)
    let creation = try count(row, tokens.creation)
    let input = try count(row, tokens.uncached) ?? prompt.map { max(0, $0 - (cached ?? 0) - (creation ?? 0)) }
    let classes: [(TokenType, Int64?)] = [
      (.input, input), (.output, try count(row, tokens.completion)), (.cachedInput, cached),
      (.cacheCreationInput, creation),
    ]
    for (type, amount) in classes {
      if let amount { amounts.append((SeriesKey(entity, .tokens, type.rawValue), amount)) }
    }
  }

  private func count(_ row: CSVRow, _ column: Int?) throws(RowRefused) -> Int64? {
    guard let column else { return nil }
    return try FieldReader.amount(row.field(column).decimal(scale: 1))
  }
}
