import Usage

/// How much a producer is used, and when.
struct TrafficProfile: Sendable {
  /// Distinguishes this producer's random numbers from all others.
  var salt: UInt64
  /// Events on an ordinary working day, half of the time fewer.
  var median: Double
  /// Standard deviation of the logarithm of a day's volume.
  var spread = 0.25
  var rhythm: Rhythm
  /// Growth over 120 days: 0.3 is 30 % more at their end.
  var growth = 0.3
  var since: Day
  /// 0, 1 or 2: one event every ten seconds, or as the company has it, beside the rest, offset by a third of that each;
  /// nil for none.
  ///
  /// Three such producers let something happen every 3.3 seconds, day and night.
  var heartbeat: Int?
  /// The first day with heartbeats, where they do not begin with the producer.
  ///
  /// Of vendors that hand out rows, each is a row to be read, and a month of them would be hours at the vendor's limits.
  var heartbeatSince: Day?

  func beats(on day: Day) -> Bool { heartbeatSince.map { day >= $0 } ?? true }
  /// The people who use it: `count` of them, the first of them most.
  var audience: (first: Int, count: Int) = (0, 1)
  /// Indices of the models in use; the first is used twice as often.
  var models: [UInt8] = [0]
  var sources: [MessageSource] = [.web, .web, .web, .mobile, .teams]
  var project = Message.none
  var apiKey = Message.none
  /// Indices of the phone numbers in use.
  var numbers: [UInt16] = []
  /// Of a thousand phone events, how many are calls.
  var callsPerMille = 0
}

/// The shape of a day and a week.
enum Rhythm: Sendable {
  /// Monday to Friday, nine to six.
  case office
  /// Every day, mostly when customers are awake.
  case support
  /// Every day and hour alike.
  case roundTheClock
  /// Monday to Saturday, afternoon and evening.
  case evening
  /// Once a week, on Monday morning.
  case weeklyBatch

  /// Per cent of an ordinary day's volume.
  func weight(weekday: Int, holiday: Bool) -> Int {
    switch self {
    case .office: holiday ? 3 : [100, 110, 112, 105, 85, 4, 3][weekday - 1]
    case .support: holiday ? 60 : [115, 105, 100, 100, 95, 65, 50][weekday - 1]
    case .roundTheClock: 100
    case .evening: holiday ? 20 : [90, 95, 100, 105, 115, 60, 0][weekday - 1]
    case .weeklyBatch: weekday == 1 ? 100 : 0
    }
  }

  /// Each hour of the day (Central European, winter time) as often as its share of the day.
  private var hours: [Int] {
    switch self {
    case .office: [0, 0, 0, 0, 0, 0, 1, 4, 14, 22, 24, 22, 14, 19, 23, 22, 18, 10, 4, 2, 1, 1, 0, 0]
    case .support: [2, 1, 1, 1, 1, 2, 4, 8, 12, 15, 16, 15, 14, 14, 14, 14, 15, 16, 15, 14, 12, 9, 6, 3]
    case .roundTheClock: Array(repeating: 1, count: 24)
    case .evening: [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 8, 8, 9, 10, 12, 15, 16, 14, 9, 4, 1, 0]
    case .weeklyBatch: [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    }
  }

  /// UTC hours to draw from, an hour for each of its shares.
  var clock: [Int] {
    hours.enumerated().flatMap { hour, share in Array(repeating: (hour + 23) % 24, count: share) }
  }
}

/// The public holidays of all German states, where the company is at home.
enum Holidays {
  static func contains(_ day: Day) -> Bool {
    let (year, month, dayOfMonth) = day.components
    switch (month, dayOfMonth) {
    case (1, 1), (5, 1), (10, 3), (12, 25), (12, 26): return true
    default: break
    }
    guard let easter = easter(year) else { return false }
    return [-2, 1, 39, 50].contains(day.ordinal - easter.ordinal)
  }

  /// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
  private static func easter(_ year: Int) -> Day? {
    let golden = year % 19
    let (century, rest) = (year / 100, year % 100)
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7
    let correction = (golden + 11 * moon + 22 * weekday) / 451
    let sum = moon + weekday - 7 * correction + 114
    return Day(year: year, month: sum / 31, dayOfMonth: sum % 31 + 1)
  }
}
