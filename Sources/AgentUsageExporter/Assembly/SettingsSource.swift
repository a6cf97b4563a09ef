import Collection
import Logging
import Settings

/// Where the workspaces of this instance come from, at the start and at each reload.
struct SettingsSource: Sendable {
  /// The configuration file; nil for the environment.
  let path: String?
  let environment: [String: String]
  let shard: Shard

  /// - Throws: `ConfigurationFault` with every fault.
  func load(warning logger: Logger) throws(ConfigurationFault) -> Settings {
    var settings = try Configuration.load(path, environment)
    for warning in settings.warnings { logger.warning("\(warning)") }
    settings.workspaces = settings.workspaces.filter { shard.holds($0.id) }
    return settings
  }
}
