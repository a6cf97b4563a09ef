import Tabular
import Upstream
import Usage

/// What the columns of a table mean, by name: order and number of columns vary.
struct TablePlan: Sendable {
  /// What one column counts.
  struct Amount: Sendable {
    let measure: Measure
    let dimension: String
    /// Names that have been in use; the first that is there is read.
    let columns: [String]

    init(_ measure: Measure, _ columns: String..., dimension: String = "") {
      self.measure = measure
      self.dimension = dimension
      self.columns = columns
    }
  }

  let scope: Scope
  /// Names of the column with the id, as above; none for a table of the workspace as a whole.
  let id: [String]
  var qualifier: String?
  /// Columns without which the answer is refused, beside ``id``.
  var required: [String] = []
  var amounts: [Amount] = []
  /// Names of the column with the distinct users of a row, as above.
  var users: [String] = []
  var attributes: [(label: String, column: String)] = []
  /// Whether an entity may have several rows, each of which tells all of its usage; else they add up.
  var rowsRepeat = false

  /// All columns that are read.
  var columns: [String] {
    var seen: Set<String> = []
    let all = id + [qualifier].compactMap(\.self) + required + amounts.flatMap(\.columns) + users
    return (all + attributes.map(\.column)).filter { seen.insert($0).inserted }
  }
}

/// Where a plan's columns are in one document.
struct TableColumns: Sendable {
  private let scope: Scope
  private let isGuarded: Bool
  let rowsRepeat: Bool
  private let id: Int?
  private let qualifier: Int?
  private let amounts: [(measure: Measure, dimension: String, column: Int)]
  private let measures: Set<Measure>
  /// Which of ``amounts`` any record has had so far: in JSON each record brings its own fields.
  private var isSeen: [Bool]
  private let users: Int?
  private let attributes: [(label: String, column: Int)]
  /// Measures of the plan for which no record has had a column.
  var unreported: Set<Measure> {
    measures.subtracting(zip(amounts, isSeen).lazy.filter { $1 }.map { $0.0.measure })
  }

  /// - Parameter guarded: whether texts may begin with the apostrophe of a formula guard.
  /// - Throws: `.schema` if a required column is missing.
  init(_ plan: TablePlan, _ record: borrowing Record, guarded: Bool = false) throws(UpstreamFailure) {
    let header = record.header
    func column(_ name: String) -> Int? { header.index(of: name) }
    func first(of names: [String]) -> Int? { names.lazy.compactMap(column).first }
    for name in plan.required where column(name) == nil { throw .schema("there is no column \"\(name)\"") }
    scope = plan.scope
    isGuarded = guarded
    rowsRepeat = plan.rowsRepeat
    id = first(of: plan.id)
    if id == nil, let name = plan.id.first { throw .schema("there is no column \"\(name)\"") }
    qualifier = plan.qualifier.flatMap(column)
    amounts = plan.amounts.compactMap { entry in first(of: entry.columns).map { (entry.measure, entry.dimension, $0) } }
    users = first(of: plan.users)
    attributes = plan.attributes.compactMap { entry in column(entry.column).map { (entry.label, $0) } }
    isSeen = amounts.map { _ in false }
    measures = Set(plan.amounts.map(\.measure))
  }

  func entity(_ record: borrowing Record) throws(RowRefused) -> Entity {
    guard let id else { return .workspace }
    let text = try record.identifier(id, guarded: isGuarded)
    guard let qualifier else { return Entity(scope, upstream: text) }
    guard let kind = record.text(qualifier, guarded: isGuarded) else { throw RowRefused(.invalidUTF8) }
    return Entity(scope, upstream: text, qualifier: kind)
  }

  mutating func read(
    _ record: borrowing Record, of entity: Entity, into read: inout [(SeriesKey, Int64)]
  ) throws(RowRefused) {
    for (index, (measure, dimension, column)) in amounts.enumerated() {
      if !isSeen[index] { isSeen[index] = record.presence(column) != .absent }
      if let amount = try record.amount(column, measure) {
        read.append((SeriesKey(entity, measure, dimension), amount))
      }
    }
  }

  func users(_ record: borrowing Record) throws(RowRefused) -> Int64? {
    guard let users else { return nil }
    return try record.amount(users, .messages)
  }

  /// - Returns: nil for a table that tells no names.
  func attributes(_ record: borrowing Record) -> [Reading.Attribute]? {
    guard !attributes.isEmpty else { return nil }
    var read: [Reading.Attribute] = []
    for (label, column) in attributes {
      read.append(Reading.Attribute(label, record.repairedText(column, guarded: isGuarded)))
    }
    return read
  }
}
