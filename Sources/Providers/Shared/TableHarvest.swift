import Tabular
import Upstream
import Usage

/// The sums of one window: each record is an entity's total in it.
struct WindowHarvest: RecordHarvest {
  private let plan: TablePlan
  private let isGuarded: Bool
  private var columns: TableColumns?
  private var reading = Reading()

  init(_ plan: TablePlan, guarded: Bool = false) {
    self.plan = plan
    isGuarded = guarded
  }

  mutating func take(_ record: borrowing Record) throws(UpstreamFailure) {
    if columns == nil { columns = try TableColumns(plan, record.header, guarded: isGuarded) }
    columns?.read(record, into: &reading)
  }

  mutating func finish(_ header: Header?) -> Reading {
    reading.unreported = columns?.unreported ?? []
    return reading
  }
}

extension TableColumns {
  /// Takes in one record, or counts it as refused.
  ///
  /// - Parameter check: refuses a record for what the provider says beside its sums.
  mutating func read(
    _ record: borrowing Record, into reading: inout Reading,
    check: (Entity, inout [(SeriesKey, Int64)]) throws(RowRefused) -> Void = { _, _ in }
  ) {
    var read: (entity: Entity, users: Int64?)?
    reading.rows += 1
    do throws(RowRefused) {
      let entity = try entity(record)
      var amounts: [(SeriesKey, Int64)] = []
      try self.read(record, of: entity, into: &amounts)
      try check(entity, &amounts)
      let users = try users(record)
      if rowsRepeat {
        for (key, amount) in amounts { reading.quantities[key] = max(reading.quantities[key] ?? 0, amount) }
      } else {
        try reading.add(row: amounts)
      }
      read = (entity, users)
    } catch {
      reading.reject(error.reason)
    }
    guard let read else { return }
    if let users = read.users {
      // Two rows of one entity: their users may be the same people, so the larger number is all that is certain.
      reading.activeUsers[read.entity] = max(reading.activeUsers[read.entity] ?? 0, users)
    }
    if let attributes = attributes(record) { reading.attributes[read.entity] = attributes }
  }
}
