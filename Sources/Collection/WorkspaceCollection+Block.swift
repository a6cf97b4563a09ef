import Foundation
import Ledger
import Upstream
import Usage

extension WorkspaceCollection {
  /// The pause that is in force; nil if none is, as of one that only a clock running ahead has begun.
  func pause(at now: Date) -> RequestBlock? { block.flatMap { $0.isInForce(at: now) ? $0 : nil } }

  /// Takes up a pause from before a restart, unless it was for a credential that has been replaced since.
  func restoreBlock(at now: Date) async throws(LedgerError) {
    let stored = try await environment.ledger.progress(of: plan.id)
    authFailed = stored.refusedCredential != nil
    if let refused = stored.refusedCredential {
      let current = try await environment.ledger.fingerprint(of: secret.secret)
      if refused != current {
        await liftRefusal(at: now)
        return
      }
    }
    guard let until = stored.blockedUntil, until > now, !wasClockAhead(of: now) else { return }
    block = RequestBlock(until: until, reason: stored.refusedCredential == nil ? .rateLimited : .auth)
    await api.gate.setBlock(block)
  }

  /// Whether what is stored was written by a clock that ran far ahead: nothing that it promised holds.
  private func wasClockAhead(of now: Date) -> Bool {
    members.contains { member in
      member.book.progress.lastAttempt.map { $0 > now.addingTimeInterval(Backoff().cap) } ?? false
    }
  }

  /// After a collection: stores the pause that the provider has imposed meanwhile, and forgets one that is over.
  func takeUpBlock() async {
    let current = await api.gate.block
    let isRefused = current?.reason == .auth
    guard current != block || isRefused != authFailed else { return }
    if isRefused { authFailed = true }
    block = current
    var progress = WorkspaceProgress()
    progress.blockedUntil = current?.until
    do {
      if authFailed { progress.refusedCredential = try await environment.ledger.fingerprint(of: secret.secret) }
      try await environment.ledger.record(progress, for: plan.id)
    } catch {
      environment.report.ledgerChanged(failure: error)
    }
  }

  /// The refused credential is gone: its pause is over, and every collector may try the new one at once.
  func liftRefusal(at now: Date) async {
    await forgetRefusal(at: now)
    do {
      try await storeNoRefusal()
    } catch {
      environment.report.ledgerChanged(failure: error)
    }
  }

  /// The same in memory alone: ``storeNoRefusal()`` is to follow.
  func forgetRefusal(at now: Date) async {
    block = nil
    authFailed = false
    await api.gate.setBlock(nil)
    for index in members.indices { members[index].book.progress.nextAttempt = now }
  }

  func storeNoRefusal() async throws(LedgerError) {
    if isRetired { return }
    try await environment.ledger.record(WorkspaceProgress(), for: plan.id)
  }
}
