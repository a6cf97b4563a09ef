import Tabular
import Usage

/// Sums by entity, for logs in which each of some entities has very many rows.
struct EntitySums: Sendable {
  private(set) var entities: [Entity] = []
  private var numbers: [Entity: Int] = [:]
  /// Nil for an entity of which no row has counted.
  private var sums: [Int64?] = []

  /// An entity's place among the sums.
  mutating func number(of entity: Entity) -> Int {
    if let number = numbers[entity] { return number }
    numbers[entity] = entities.count
    entities.append(entity)
    sums.append(nil)
    return entities.count - 1
  }

  /// Adds to the sums of some entities, each of which is there once: to all of them or to none.
  ///
  /// - Throws: ``RowRefused`` if a sum would become too large to be shown.
  mutating func add(_ amount: Int64, to first: Int, _ second: Int?, _ third: Int?) throws(RowRefused) {
    guard fits(amount, first), second.map({ fits(amount, $0) }) ?? true, third.map({ fits(amount, $0) }) ?? true else {
      throw RowRefused(.tooLarge)
    }
    sums[first] = (sums[first] ?? 0) + amount
    if let second { sums[second] = (sums[second] ?? 0) + amount }
    if let third { sums[third] = (sums[third] ?? 0) + amount }
  }

  private func fits(_ amount: Int64, _ number: Int) -> Bool { (try? Quantity.sum(sums[number] ?? 0, amount)) != nil }

  func quantities(of measure: Measure) -> [SeriesKey: Int64] {
    var quantities: [SeriesKey: Int64] = [:]
    for (entity, sum) in zip(entities, sums) {
      if let sum { quantities[SeriesKey(entity, measure)] = sum }
    }
    return quantities
  }
}

/// The entities that a column of a log names. What a text stands for is found out once; then its bytes are enough.
struct EntityColumn: Sendable {
  private let scope: Scope
  private let id: Int
  private let qualifier: Int?
  private let isGuarded: Bool
  private var ids = FieldIndex()
  private var qualifiers = FieldIndex()
  /// The place among the sums of a text, by its number in ``ids`` and that of its qualifier.
  private var places: [Place: Int] = [:]
  /// The same where there are no qualifiers, -1: not found out.
  private var plain: [Int] = []

  private struct Place: Hashable {
    let id: Int
    let qualifier: Int
  }

  /// - Parameters:
  ///   - id: the column; nil makes none.
  ///   - guarded: whether texts may begin with the apostrophe of a formula guard.
  init?(_ scope: Scope, _ id: Int?, qualifier: Int? = nil, guarded: Bool) {
    guard let id else { return nil }
    self.scope = scope
    self.id = id
    self.qualifier = qualifier
    isGuarded = guarded
  }

  /// The place of a record's entity among the sums.
  ///
  /// - Returns: nil where the record names none.
  /// - Throws: ``RowRefused`` for an id that is not UTF-8.
  mutating func number(of record: borrowing Record, in sums: inout EntitySums) throws(RowRefused) -> Int? {
    if record.isEmpty(id) { return nil }
    let text = ids.number(of: record, id)
    guard let qualifier else {
      if text == plain.count { plain.append(-1) }
      if plain[text] >= 0 { return plain[text] }
      plain[text] = sums.number(of: Entity(scope, upstream: try record.identifier(id, guarded: isGuarded)))
      return plain[text]
    }
    let place = Place(id: text, qualifier: qualifiers.number(of: record, qualifier))
    if let known = places[place] { return known }
    let kind = record.text(qualifier, guarded: isGuarded) ?? ""
    let name = try record.identifier(id, guarded: isGuarded)
    let number = sums.number(of: Entity(scope, upstream: name, qualifier: kind))
    places[place] = number
    return number
  }
}
