import Collection
import Foundation
import Ledger
import Logging
import Publication
import Synchronization
import Usage

/// One log line for each collection, and one for each change in whether the ledger can be written.
final class CollectionLog: CollectionReporter {
  private let logger: Logger
  private let ledgerIsBroken = Mutex(false)

  init(logger: Logger) {
    self.logger = logger
  }

  func collectionEnded(_ id: CollectorID, _ outcome: CollectionOutcome) {
    var metadata: Logger.Metadata = [
      "provider": "\(id.workspace.provider.rawValue)", "workspace": "\(id.workspace.name)", "collector": "\(id.name)",
      "requests": "\(outcome.requests)", "rows": "\(outcome.rows)", "answers": "\(outcome.answers)",
      "seconds": "\((outcome.seconds * 1000).rounded() / 1000)",
    ]
    if let next = outcome.nextAttempt { metadata["next_attempt"] = "\(next.formatted(.iso8601))" }
    switch outcome.verdict {
    case .succeeded:
      logger.info("collected", metadata: metadata)
    case .failed(let reason, let message):
      metadata["reason"] = "\(reason)"
      metadata["error"] = "\(message)"
      logger.warning("collection failed", metadata: metadata)
    case .notEnabled(let message):
      metadata["hint"] = "\(message)"
      logger.notice("not enabled at the provider", metadata: metadata)
    case .abandoned:
      logger.debug("collection given up", metadata: metadata)
    }
  }

  func noticed(_ id: CollectorID, _ notice: String) {
    logger.warning(
      "\(notice)",
      metadata: [
        "provider": "\(id.workspace.provider.rawValue)", "workspace": "\(id.workspace.name)", "collector": "\(id.name)",
      ])
  }

  func ledgerChanged(failure: LedgerError?) {
    let wasBroken = ledgerIsBroken.withLock { broken in
      defer { broken = failure != nil }
      return broken
    }
    if let failure, !wasBroken {
      logger.error("ledger cannot be written", metadata: ["error": "\(failure.description)"])
    } else if failure == nil, wasBroken {
      logger.notice("ledger can be written again")
    }
  }
}
