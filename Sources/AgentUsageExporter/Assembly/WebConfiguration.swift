import ArgumentParser
import Foundation
import Logging
import Settings
import Web

/// The web configuration of a command, and the sockets that systemd passed to it.
enum WebConfiguration {
  /// Reads the file at `path`; an empty path means none, as in exporter-toolkit.
  ///
  /// - Throws: `ConfigurationFault` with every fault.
  static func open(_ path: String?, logger: Logger) throws(ConfigurationFault) -> WebSecurity? {
    guard let path, !path.isEmpty else { return nil }
    do {
      let security = try WebSecurity(path: path, logger: logger)
      for warning in security.warnings { logger.warning("\(warning)") }
      return security
    } catch {
      throw ConfigurationFault(description: "\(error)", exitCode: ExitCode(1))
    }
  }

  /// - Returns: the warnings.
  /// - Throws: `ConfigurationFault` with every fault.
  static func validate(_ path: String) throws(ConfigurationFault) -> [Diagnostic] {
    do {
      return try WebSecurity.validate(path: path)
    } catch {
      throw ConfigurationFault(description: "\(error)", exitCode: ExitCode(1))
    }
  }

  /// Whether the file at `path` is sound and encrypts connections.
  static func usesTLS(_ path: String?) -> Bool {
    guard let path, case .success(let settings) = WebSettingsLoader().load(file: path).result else { return false }
    return settings.tls != nil
  }

  /// - Throws: `ConfigurationFault` if systemd passed none that can be listened on.
  static func systemdSockets(_ environment: [String: String]) throws(ConfigurationFault) -> [ListenEndpoint] {
    do {
      let descriptors = try SystemdSockets.descriptors(
        environment, process: ProcessInfo.processInfo.processIdentifier)
      try SystemdSockets.check(descriptors)
      return descriptors.map { .inherited(descriptor: $0) }
    } catch {
      throw ConfigurationFault(description: "--web.systemd-socket: \(error)", exitCode: ExitCode(1))
    }
  }
}
