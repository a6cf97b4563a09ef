import Usage

/// The usage of one row of an export, event by event.
struct UsageTally {
  /// Sum, least and most over the messages that have tokens.
  struct Spread {
    var sum: Int64 = 0
    var least = Int64.max
    var most: Int64 = 0

    mutating func add(_ tokens: Int64) {
      sum += tokens
      least = min(least, tokens)
      most = max(most, tokens)
    }
  }

  var messages: Int64 = 0
  var users = UserSet()
  var conversations: Set<UInt32> = []
  /// Messages to models with own keys: those whose tokens are known.
  var metered: Int64 = 0
  var prompt = Spread()
  var completion = Spread()
  var input: Int64 = 0
  var cached: Int64 = 0
  var cacheCreation: Int64 = 0
  /// Millionths of a US dollar: of all messages, and of those with own keys.
  var cost: Int64 = 0
  var ownCost: Int64 = 0

  mutating func add(_ message: Message, ownKeys: Bool) {
    messages += 1
    cost += Int64(message.cost)
    guard ownKeys else { return }
    metered += 1
    prompt.add(message.promptTokens)
    completion.add(Int64(message.outputTokens))
    input += Int64(message.inputTokens)
    cached += Int64(message.cachedTokens)
    cacheCreation += Int64(message.cacheCreationTokens)
    ownCost += Int64(message.cost)
  }
}

/// A set of indices of people.
struct UserSet {
  private var words: [UInt64] = []

  mutating func insert(_ user: UInt16) {
    let word = Int(user) / 64
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(user % 64)
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}

/// Reads a window's events out of the log.
struct LangdockScan {
  let company: Company
  let directory: Directory
  let window: ExportWindow

  init(_ company: Company, _ window: ExportWindow) {
    self.company = company
    self.window = window
    directory = company.directory
  }

  /// Calls `body` with each event that counts.
  func forEach(_ body: (Directory.Producer, Message) -> Void) {
    let first = max(Millis.ordinal(window.from), company.messages.firstDay.ordinal)
    // Nothing that lies in the future is visible.
    let last = Millis.ordinal(min(window.through, window.now))
    guard first <= last else { return }
    for stream in directory.streams where stream.provider == .langdock {
      for ordinal in first...last {
        for message in company.messages.events(of: stream.id, on: .init(ordinal: ordinal)) {
          let times = message.times
          if times.occurred >= window.from && times.occurred <= window.through && times.counts(at: window.now) {
            body(stream.producer, message)
          }
        }
      }
    }
  }

  /// How many rows an export of the window scans.
  func count() -> Int {
    var count = 0
    forEach { _, _ in count += 1 }
    return count
  }

  struct Key: Hashable, Comparable {
    let entity: Int
    let group: Int

    static func < (left: Key, right: Key) -> Bool { (left.entity, left.group) < (right.entity, right.group) }
  }

  /// Tallies by row, in the order of the entities.
  func tally(
    distinct: Bool = false, by key: (Directory.Producer, Message) -> Key?
  ) -> [(key: Key, value: UsageTally)] {
    let ownKeys = directory.models.map(\.ownKeys)
    var tallies: [UsageTally] = []
    var places: [Key: Int] = [:]
    var last: (key: Key, place: Int)?
    forEach { producer, message in
      guard let key = key(producer, message) else { return }
      let place: Int
      if let last, last.key == key {
        place = last.place
      } else if let known = places[key] {
        place = known
      } else {
        place = tallies.count
        places[key] = place
        tallies.append(UsageTally())
      }
      last = (key, place)
      tallies[place].add(message, ownKeys: ownKeys[Int(message.model)])
      guard distinct else { return }
      tallies[place].users.insert(message.user)
      tallies[place].conversations.insert(message.conversation)
    }
    return places.map { ($0.key, tallies[$0.value]) }.sorted { $0.key < $1.key }
  }
}
