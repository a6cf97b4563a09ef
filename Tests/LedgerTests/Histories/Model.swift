import Ledger
import Usage

/// The specification of the ledger, as naive as it can be: it keeps everything it ever saw and works every number out
/// anew from that. It shares no code with the ledger's rules.
struct Model: Sendable {
  /// What a cell was seen to be, less what merely moved there, and whether that counts or is baseline.
  struct Sighting: Sendable {
    let amount: Int64
    let counts: Bool
  }

  let setup: Setup
  /// Breaks the specification on purpose.
  let mutation: Mutation?

  var sightings: [SeriesKey: [Bucket: [Sighting]]] = [:]
  var displays: [SeriesKey: Display] = [:]
  /// Buckets that were read in the present time zone.
  var read: Set<Bucket> = []
  var baselined = false
  /// ``read`` as it was when a collection was last completed.
  var completed: Set<Bucket> = []
  var corrections: [Measure: Int64] = [:]
  var admission = Admission()
  var gauges = Gauges()
  /// What the answers said last, and what of it came (negative) or went (positive) by a move.
  var latest: [Bucket: [SeriesKey: Int64]] = [:]
  var away: [Bucket: [SeriesKey: Int64]] = [:]
  /// Measures of which the baseline of a bucket said nothing, nor an answer since.
  var untold: [Bucket: Set<Measure>] = [:]

  init(setup: Setup, mutation: Mutation? = nil) {
    self.setup = setup
    self.mutation = mutation
  }

  /// What the counter has come to: each time a cell was higher than ever before, the rise counted, unless it was baseline.
  func total(_ key: SeriesKey) -> Int64 {
    let newest = read.max()
    return (sightings[key] ?? [:]).reduce(0) { sum, bucket in
      if mutation == .onlyTheNewestBucket, bucket.key != newest { return sum }
      if mutation == .lastValue { return sum + (bucket.value.last?.amount ?? 0) }
      var highest: Int64 = 0
      var counted: Int64 = 0
      for sighting in bucket.value {
        let rise = max(0, sighting.amount - highest)
        if sighting.counts || mutation == .baselineCounts { counted += rise }
        // A baseline is a new beginning.
        let begins = mutation == .everyRiseCounts || !sighting.counts
        highest = begins ? sighting.amount : max(highest, sighting.amount)
      }
      return sum + counted
    }
  }

  /// What a scrape shows.
  func published(_ key: SeriesKey) -> Int64 {
    displays[key]?.released == true ? total(key) : 0
  }

  /// What was counted, or taken as baseline, beyond what the provider says now.
  func excess(_ measure: Measure) -> Int64 {
    var sum: Int64 = 0
    for (key, buckets) in sightings where key.measure == measure {
      for seen in buckets.values {
        // What was counted before a baseline stays counted.
        for era in seen.chunked(beforeEach: { !$0.counts }) {
          sum += (era.map(\.amount) + [0]).max().map { $0 - (era.last?.amount ?? 0) } ?? 0
        }
      }
    }
    return sum
  }

  /// Takes an answer in, whole.
  mutating func commit(_ answer: Answer) {
    let reading = admission.admit(answer.reading, limit: mutation == .foldsNobody ? .max : setup.maxAgents)
    for coverage in answer.coverage {
      if case .bucket(let bucket) = coverage { replace(bucket, reading) }
    }
    gauges.take(answer.coverage, reading)
    for case .summed(let window) in answer.coverage { sum(window) }
  }

  /// A collection was completed: whatever is read later of days before those known by now is late history.
  mutating func complete() {
    baselined = true
    completed = read
  }

  /// Whether what the next reading of `bucket` finds is usage, and not what was there before anybody looked.
  func isUsage(_ bucket: Bucket) -> Bool {
    if read.contains(bucket) { return true }
    guard baselined else { return false }
    guard let day = bucket.day, mutation != .lateHistoryCounts else { return true }
    let days = completed.compactMap(\.day)
    return days.isEmpty || days.contains { $0 < day }
  }

  /// Measures of a bucket that the next reading is the baseline of, although it was read before.
  func late(_ bucket: Bucket) -> Set<Measure> {
    read.contains(bucket) && mutation != .lateMeasuresCount ? untold[bucket] ?? [] : []
  }

  mutating func scrape(at now: Int) {
    for key in displays.keys { displays[key]?.scrape(at: now) }
  }

  /// Days are cut anew, so what the first reading of each finds is a baseline again.
  mutating func changeZone() {
    read = []
    completed = []
    baselined = false
    gauges.periods = [:]
    gauges.activeUsers = [:]
  }

  private mutating func replace(_ bucket: Bucket, _ reading: Reading) {
    let isUsage = isUsage(bucket)
    let late = late(bucket)
    untold[bucket] = isUsage ? late.intersection(reading.unreported) : reading.unreported
    // Of what the answer says nothing, nothing begins anew.
    away[bucket] = away[bucket]?.filter { key, _ in
      reading.unreported.contains(key.measure) || isUsage && !late.contains(key.measure)
    }
    if isUsage, setup.shape.moves, mutation != .movesAreUsage {
      move(in: bucket, reading, but: late)
    }
    let known = latest[bucket] ?? [:]
    for key in Set(known.keys).union(reading.quantities.keys) where !reading.unreported.contains(key.measure) {
      let counts = isUsage && !late.contains(key.measure)
      let missing = mutation == .missingStays ? known[key] ?? 0 : 0
      let value = reading.quantities[key] ?? missing
      let amount = value + (away[bucket]?[key] ?? 0)
      let before = sightings[key]?[bucket]?.last?.amount ?? 0
      if counts, amount < before { corrections[key.measure, default: 0] += 1 }
      sightings[key, default: [:]][bucket, default: []].append(Sighting(amount: amount, counts: counts))
      latest[bucket, default: [:]][key] = value
      if displays[key] == nil {
        // The counter of a baseline stands at 0 anyway, so one scrape that shows it is enough.
        displays[key] = Display(
          hold: counts && mutation != .noHold ? setup.zeroHold : 0, released: mutation == .noHold)
      }
    }
    read.insert(bucket)
  }
}

/// How a counter is shown: at 0 until the first scrape at or after `hold` seconds from the one that showed it first.
struct Display: Sendable {
  let hold: Int
  var released: Bool
  var firstServed: Int?

  init(hold: Int, released: Bool) {
    self.hold = hold
    self.released = released
  }

  mutating func scrape(at now: Int) {
    // What began in the future of a clock that is right again begins anew.
    if let firstServed, released || firstServed <= now + 1 {
      released = released || now >= firstServed + hold
    } else {
      firstServed = now
    }
  }
}

extension Array {
  /// The elements in groups, each of which but the first begins with one that `begins`.
  fileprivate func chunked(beforeEach begins: (Element) -> Bool) -> [[Element]] {
    reduce(into: []) { groups, element in
      if groups.isEmpty || begins(element) { groups.append([]) }
      groups[groups.count - 1].append(element)
    }
  }
}
