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

  /// The schemes by which an exporter with the file at `path` may be reached, to be tried in this order.
  ///
  /// Of a file with a fault nothing follows: the exporter goes on with the one before, whatever that said. Nor does anything
  /// where no file is known, as the exporter may have been told of one by a flag.
  static func schemes(_ path: String?) -> [String] {
    guard let path, !path.isEmpty else { return ["http", "https"] }
    guard (try? WebSecurity.validate(path: path)) != nil,
      case .success(let settings) = WebSettingsLoader().load(file: path).result
    else { return ["https", "http"] }
    return [settings.tls == nil ? "http" : "https"]
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
