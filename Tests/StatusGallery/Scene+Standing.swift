import Collection
import Foundation
import Ledger

extension Scene {
  /// How a collector stands in this scene.
  func standing(_ minInterval: TimeInterval, at now: Date) -> CollectorStanding {
    var standing = CollectorStanding(
      progress: progress(minInterval, at: now), minInterval: minInterval, maxStaleness: 86_400)
    standing.isRunning = self == .firstCollection || self == .slow
    if let block = block(at: now) { standing.block = block }
    if let verdict { standing.notes.ended(verdict, at: now.addingTimeInterval(-60)) }
    if self == .noticed {
      standing.notes.heard(["only one user is seen"])
      standing.notes.ended(.succeeded, at: now)
    }
    return standing
  }

  private func progress(_ minInterval: TimeInterval, at now: Date) -> CollectorProgress {
    var progress = CollectorProgress()
    if self == .waiting { return progress }
    progress.lastAttempt = now.addingTimeInterval(-60)
    if self == .firstCollection {
      progress.failures = 1
      progress.nextAttempt = now
      return progress
    }
    progress.baselined = true
    progress.lastSuccess = now.addingTimeInterval(-age)
    progress.dataThrough = progress.lastSuccess
    progress.lastSucceeded = verdict.map(Self.isNoFailure) ?? (self != .restarted)
    progress.failures = progress.lastSucceeded ? 0 : 3
    progress.unavailable = self == .notEnabled
    progress.catchingUp = self == .catchingUp
    progress.nextAttempt = self == .late ? now.addingTimeInterval(-3600) : now.addingTimeInterval(minInterval - 60)
    progress.rows = 12_345
    return progress
  }

  private static func isNoFailure(_ verdict: CollectionOutcome.Verdict) -> Bool {
    if case .failed = verdict { false } else { true }
  }

  /// Seconds since the last success.
  private var age: TimeInterval {
    switch self {
    case .withdrawn: 3 * 86_400
    case .late, .slow, .resting: 5 * 3600
    default: state == .fine || state == .catchingUp ? 60 : 7200
    }
  }

  private var verdict: CollectionOutcome.Verdict? {
    switch self {
    case .unreachable, .withdrawn: .failed(reason: "network", message: "no connection: check base_url")
    case .inTrouble: .failed(reason: "server", message: "the provider is in trouble; it is asked again later")
    case .garbled: .failed(reason: "decode", message: "the answer is cut off")
    case .diskFull: .failed(reason: "ledger", message: "the ledger was not written")
    case .rateLimited: .failed(reason: "rate_limited", message: "the provider asks for fewer requests")
    case .refused: .failed(reason: "auth", message: "the provider refused the credential")
    case .notEnabled: .notEnabled(message: "ask the provider for the export")
    default: nil
    }
  }
}
