import Collection
import Logging
import Publication
import Settings
import Usage
import Web

/// One reading of the configuration into a running exporter.
struct Reload: Sendable {
  let source: SettingsSource
  let roster: WorkspaceRoster
  let running: RunningSettings
  /// The web configuration, if there is one.
  let security: WebSecurity?
  let standing: ExporterStanding
  let clock: any WallClock
  let logger: Logger

  func perform() async -> Lifecycle.Outcome {
    do {
      // The file that more often has faults comes first, so that nothing is taken up when it has one.
      let settings = try source.load(warning: logger)
      try await security?.reload()
      let change = try await roster.adopt(settings.workspaces)
      running.settings = settings
      standing.noteReload(succeeded: true, at: clock.now())
      logger.info(
        "configuration read again",
        metadata: [
          "added": "\(change.added.count)", "changed": "\(change.changed.count)", "removed": "\(change.removed.count)",
        ])
      if let fault = change.ledgerFault {
        logger.error("books cannot be opened; it is tried again with each scrape", metadata: ["error": "\(fault)"])
      }
      return .reloaded
    } catch {
      standing.noteReload(succeeded: false, at: clock.now())
      logger.error("the configuration could not be read again", metadata: ["error": "\(error)"])
      return .refused(message: "\(error)")
    }
  }
}
