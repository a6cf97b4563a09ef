/// What the routes need of whoever reads the configuration.
package struct Lifecycle: Sendable {
  /// What came of reading the configuration again.
  package enum Outcome: Sendable, Hashable {
    case reloaded
    /// The old configuration is still in force.
    ///
    /// - Parameter message: every fault, a line each, without anything secret.
    case refused(message: String)
    case stopping
  }

  /// nil without `--web.enable-lifecycle`.
  package let reload: (@Sendable () async -> Outcome)?

  package init(reload: (@Sendable () async -> Outcome)? = nil) {
    self.reload = reload
  }
}
