package import Foundation
package import Usage

/// One collector of one workspace.
package struct CollectorID: Hashable, Sendable, CustomStringConvertible {
  package let workspace: WorkspaceID
  package let name: String

  package init(_ workspace: WorkspaceID, _ name: String) {
    self.workspace = workspace
    self.name = name
  }

  package var description: String { "\(workspace)/\(name)" }
}

/// What a collector remembers from run to run, across restarts.
package struct CollectorProgress: Hashable, Sendable {
  /// Whether a first collection was completed, so that what comes next is usage and not baseline.
  package var baselined = false
  package var lastAttempt: Date?
  package var lastSuccess: Date?
  /// Before this instant the provider is not asked again.
  package var nextAttempt: Date?
  /// The instant up to which the last success knew all.
  package var dataThrough: Date?
  package var catchingUp = false
  /// Attempts since the last success, one under way included.
  package var failures = 0
  package var lastSucceeded = false
  package var lastDuration: TimeInterval = 0
  package var rows = 0
  /// Whether the provider says that what the collector asks for is not switched on.
  package var unavailable = false
  /// The time zone in which the buckets were cut.
  package var zone = ""

  package init() {}
}

/// What a workspace remembers about being allowed to ask at all, across restarts.
package struct WorkspaceProgress: Hashable, Sendable {
  /// Nothing is asked before this instant: the provider said so, or refused the credential.
  package var blockedUntil: Date?
  /// A salted hash of the credential that was refused; another one may try at once.
  package var refusedCredential: Int64?

  package init() {}
}
