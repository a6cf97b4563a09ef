/// The usage of one row of an export, event by event.
final class UsageTally {
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
  var users = NumberSet()
  var conversations = NumberSet()
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

  func add(_ message: Message, ownKeys: Bool) {
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

/// A set of numbers that is asked a million times: open addressing, half full at most.
struct NumberSet {
  /// A number plus one, 0 for an empty place.
  private var places = [UInt64](repeating: 0, count: 64)
  private(set) var count = 0

  mutating func insert(_ number: UInt32) {
    guard put(UInt64(number) + 1) else { return }
    count += 1
    guard count * 2 > places.count else { return }
    let old = places
    places = [UInt64](repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 { _ = put(entry) }
  }

  /// - Returns: whether it was not there before.
  private mutating func put(_ entry: UInt64) -> Bool {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: (entry &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while places[place] != 0 {
      if places[place] == entry { return false }
      place = (place + 1) & mask
    }
    places[place] = entry
    return true
  }
}
