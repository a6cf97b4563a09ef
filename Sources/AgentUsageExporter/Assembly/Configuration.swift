import ArgumentParser
import Providers
import Settings

/// Why a configuration cannot be used, in words for the terminal.
struct ConfigurationFault: Error, CustomStringConvertible {
  let description: String
  let exitCode: ExitCode
}

enum Configuration {
  /// Reads the file, or the environment where there is none.
  ///
  /// - Throws: `ConfigurationFault` with every fault; its exit code is 2 if nothing is configured at all, else 1.
  static func load(_ path: String?, _ environment: [String: String]) throws(ConfigurationFault) -> Settings {
    let loader = SettingsLoader(providers: ProviderRegistry.all.map(\.defaults), environment: environment)
    guard let path else { return try fromEnvironment(loader) }
    do {
      return try loader.load(file: path)
    } catch {
      throw ConfigurationFault(description: "\(error)", exitCode: ExitCode(1))
    }
  }

  private static func fromEnvironment(_ loader: SettingsLoader) throws(ConfigurationFault) -> Settings {
    do {
      return try loader.loadFromEnvironment()
    } catch {
      if case .nothingConfigured = error {
        throw ConfigurationFault(description: "\(error)", exitCode: ExitCode(2))
      }
      throw ConfigurationFault(description: "\(error)", exitCode: ExitCode(1))
    }
  }
}
