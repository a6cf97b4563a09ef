import GRDB
import Usage

/// All counters of a collector in one number, which is stored beside them: a name or a total that a disk changed within sound
/// tables would be another counter, or a lower one.
///
/// It is a sum over the counters, so that a commit which changes some of them need not look at the others.
enum SeriesDigest {
  /// A counter but for its total.
  struct Counter: Hashable {
    private var hash: UInt64

    fileprivate init(_ row: Int64) {
      hash = UInt64(bitPattern: row)
    }

    init(_ key: SeriesKey, row: Int64) {
      self.init(row)
      take(key.entity.scope.rawValue)
      take(key.entity.id)
      take(key.entity.qualifier)
      take(key.measure.rawValue)
      take(key.dimension)
    }

    fileprivate mutating func take(_ text: String) {
      hash = SeriesDigest.mixed(hash) ^ StableHash.fnv1a(text.utf8)
    }

    /// What the counter adds to its collector's digest.
    func digest(_ total: Int64) -> Int64 {
      Int64(bitPattern: SeriesDigest.mixed(SeriesDigest.mixed(hash) ^ UInt64(bitPattern: total)))
    }
  }

  /// Lets every bit of a number have a part in every bit of the result (SplitMix64).
  fileprivate static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The sums of what the store has, by collector.
  static func sums(in db: Database) throws -> [Int64: Int64] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.collector_id, e.scope, e.name, e.qualifier, s.measure, s.dimension, s.id, s.total
        FROM series s JOIN entity e ON e.id = s.entity_id
        """)
    var sums: [Int64: Int64] = [:]
    while let row = try rows.next() {
      // A scope or a measure of another version counts as well.
      var counter = Counter(row[6])
      counter.take(row[1])
      for column in 2...3 { counter.take(StoredText.decode(row[column])) }
      for column in 4...5 { counter.take(row[column]) }
      sums[row[0], default: 0] &+= counter.digest(row[7])
    }
    return sums
  }

  /// Compares the counters of all collectors with what is stored beside them.
  ///
  /// - Throws: `DatabaseError` with `SQLITE_CORRUPT` if they differ.
  static func check(_ db: Database) throws {
    let sums = try sums(in: db)
    for row in try Row.fetchAll(db, sql: "SELECT id, digest FROM collector") {
      guard sums[row[0]] ?? 0 == row[1] else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "the counters of collector \(row[0] as Int64) are damaged")
      }
    }
  }
}
