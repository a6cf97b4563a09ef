import Foundation
import Upstream

/// A reload replaces the collection of a workspace whose settings have changed, and ends that of one that is gone.
extension WorkspaceCollection {
  /// Ends this collection for good: nothing more is begun or published, and what is under way is given up.
  ///
  /// When it returns, the ledger is no longer written to from here, so that a successor may open the same books.
  func retire() async {
    retirement.land()
    for flight in chores + members.compactMap(\.flight) { await flight.wait() }
  }

  /// Whether this collection has ended for good.
  var isRetired: Bool { retirement.hasLanded }

  /// Runs a job until it ends, or gives it up when this collection retires.
  func untilRetired(_ job: @escaping Job) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await job() }
      group.addTask { await self.retirement.wait() }
      _ = await group.next()
      group.cancelAll()
    }
  }

  /// Reads the credential again, as a reload does: a new one may be tried at once if the old one was refused.
  func renewSecret(at now: Date) async {
    if secret.refresh(), block?.reason == .auth { await liftRefusal(at: now) }
  }
}
