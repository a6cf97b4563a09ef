/// A row that the list shows for a time.
struct TessRow: Sendable {
  let execution: Execution
  /// The agent's index in the directory.
  let agent: Int
  let type: TessAgentType
  /// Whether it is the synthetic row of an edit.
  let edited: Bool
  /// Whole seconds since 1970, as databases keep it.
  let created: Int64
  /// Milliseconds since 1970.
  let shown: Range<Int64>

  private init(_ execution: Execution, agent: Int, type: TessAgentType, edited: Bool, from: Int64, until: Int64) {
    self.execution = execution
    self.agent = agent
    self.type = type
    self.edited = edited
    created = execution.times.occurred / 1000
    shown = from..<max(from, until)
  }

  private init(dated created: Int64, _ row: TessRow) {
    execution = row.execution
    agent = row.agent
    type = row.type
    edited = row.edited
    shown = row.shown
    self.created = created
  }

  /// The execution's own row.
  static func original(
    _ execution: Execution, agent: Int, type: TessAgentType, _ edits: TessOptions.Edits
  ) -> TessRow {
    let times = execution.times
    let gone = edits == .besideOriginal ? .max : execution.editedAt
    return TessRow(
      execution, agent: agent, type: type, edited: false, from: times.visible, until: min(gone, times.retracted))
  }

  /// The row of its edit, if there ever is one.
  static func edit(
    _ execution: Execution, agent: Int, type: TessAgentType, _ edits: TessOptions.Edits
  ) -> TessRow? {
    guard execution.editedAt < .max else { return nil }
    let row = TessRow(
      execution, agent: agent, type: type, edited: true, from: execution.editedAt, until: execution.times.retracted)
    return edits == .replacesAtEditTime ? TessRow(dated: execution.editedAt / 1000, row) : row
  }

  /// The order of the list: the latest first, then the largest id; an edit stands before its original.
  static func precedes(_ left: TessRow, _ right: TessRow) -> Bool {
    if left.created != right.created { return left.created > right.created }
    if left.execution.id != right.execution.id { return left.execution.id > right.execution.id }
    return left.edited && !right.edited
  }
}

/// Which rows are wanted; nil for all.
struct TessFilter: Sendable, Hashable {
  /// The person's index, which may be nobody's.
  var person: Int?
  var type: TessAgentType?

  func matches(_ row: TessRow) -> Bool {
    if let person, person != Int(row.execution.user) { return false }
    return type == nil || type == row.type
  }
}
