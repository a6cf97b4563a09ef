import Tabular
import Upstream
import Usage

/// What the columns of a table mean, by name: order and number of columns vary.
struct TablePlan: Sendable {
  /// What one column counts.
  struct Amount: Sendable {
    let measure: Measure
    let column: String

    init(_ measure: Measure, _ column: String) {
      self.measure = measure
      self.column = column
    }
  }

  let scope: Scope
  /// The column with the id; nil for a table of the workspace as a whole.
  let id: String?
  var qualifier: String?
  /// Columns without which the answer is refused, beside ``id``.
  let others: [String]
  var amounts: [Amount] = []
  /// Names of the column with the distinct users of a row; the first that is there is read.
  var users: [String] = []
  var attributes: [(label: String, column: String)] = []
  /// Whether an entity may have several rows, each of which tells all of its usage; else they add up.
  var rowsRepeat = false

  /// Columns without which the answer is refused: for the reader, which sees to it.
  var required: [String] { [id].compactMap(\.self) + others }

  /// All columns that are read.
  var columns: [String] {
    var seen: Set<String> = []
    let all = required + [qualifier].compactMap(\.self) + amounts.map(\.column) + users
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
  private let amounts: [(measure: Measure, column: Int)]
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
  /// - Throws: `.schema` if there is no column with the id.
  init(_ plan: TablePlan, _ header: Header, guarded: Bool = false) throws(UpstreamFailure) {
    scope = plan.scope
    isGuarded = guarded
    rowsRepeat = plan.rowsRepeat
    id = if let name = plan.id { try header.column(name) } else { nil }
    qualifier = plan.qualifier.flatMap { header.index(of: $0) }
    amounts = plan.amounts.compactMap { entry in header.index(of: entry.column).map { (entry.measure, $0) } }
    users = plan.users.lazy.compactMap { header.index(of: $0) }.first
    attributes = plan.attributes.compactMap { entry in header.index(of: entry.column).map { (entry.label, $0) } }
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
    for (index, (measure, column)) in amounts.enumerated() {
      if !isSeen[index] { isSeen[index] = record.presence(column) != .absent }
      if let amount = try record.amount(column, measure) {
        read.append((SeriesKey(entity, measure), amount))
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
