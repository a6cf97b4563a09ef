/// Draws what an execution of the seeded company is like.
enum ExecutionDice {
  /// Language models come first in ``TessDirectory/models``.
  private static let languageModels = 5

  static func fill(_ execution: inout Execution, _ type: TessAgentType, _ random: inout Randomness) {
    execution.model = random.chance(perMille: 40) ? Execution.none : model(type, &random)
    execution.origin = random.chance(perMille: 100) ? Execution.none : UInt16(max(0, random.below(7) - 3))
    execution.failed = random.chance(perMille: 20)
    execution.credits = credits(type, &random)
    let metered = [.chat, .text, .code].contains(type) && random.chance(perMille: 900)
    let draw = random.next()
    if metered {
      execution.tokens = Execution.Tokens(input: 120 + UInt32(draw & 0x7FF), output: 30 + UInt32((draw >> 16) & 0x3FF))
    }
  }

  private static func model(_ type: TessAgentType, _ random: inout Randomness) -> UInt16 {
    switch type {
    case .chat, .text, .code: UInt16(min(random.below(languageModels), random.below(languageModels)))
    case .image: 5
    case .video: 6
    case .voiceover: 7
    }
  }

  /// Millionths of a credit.
  private static func credits(_ type: TessAgentType, _ random: inout Randomness) -> Int64 {
    let median =
      switch type {
      case .chat: 6145.0
      case .text: 21_400.0
      case .code: 93_000.0
      case .voiceover: 1_480_000.0
      case .image: 4_000_000.0
      case .video: 38_000_000.0
      }
    return Int64(random.logNormal(median: median, spread: 0.6))
  }

  /// What becomes of it: 1 % run for up to two minutes, 1.5 % are archived and 0.8 % of chats edited within three days.
  static func decideFate(_ execution: inout Execution, _ type: TessAgentType, _ random: inout Randomness) {
    let visible = execution.times.visible
    if random.chance(perMille: 10) { execution.settledAt = visible + 5000 + Int64(random.below(115_000)) }
    let later = visible + 3_600_000 + Int64(random.below(255_600_000))
    switch random.below(1000) {
    case 0..<15: execution.archivedAt = later
    case 15..<23 where type == .chat: execution.editedAt = later
    default: break
    }
  }
}
