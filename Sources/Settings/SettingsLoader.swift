package import Usage

/// Reads a configuration file or the environment. Both are read whole, and every fault is reported at once.
package struct SettingsLoader: Sendable {
  let providers: [ProviderDefaults]
  let environment: [String: String]
  let readFile: FileReader

  /// - Parameters:
  ///   - providers: those that this build supports.
  ///   - environment: for `${VARIABLE}` in the file, and for ``loadFromEnvironment()``.
  ///   - readFile: reads the configuration, keys and certificates; tests give their own.
  package init(
    providers: [ProviderDefaults], environment: [String: String], readFile: @escaping FileReader = LocalFiles.read
  ) {
    self.providers = providers
    self.environment = environment
    self.readFile = readFile
  }

  /// Bytes.
  static let sizeLimit = 4 * 1024 * 1024

  /// Reads the configuration file at `path`. Paths in it are relative to its folder, as in Prometheus' own files.
  ///
  /// - Throws: all the faults of the file, and of the files that it names.
  package func load(file path: String) throws(SettingsError) -> Settings {
    let file = path.isEmpty ? "configuration" : path
    var report = Report(file: file)
    let text: String
    let document: YAMLNode
    do {
      text = try SourceText.decode(bytes(of: path))
      var composer = try DocumentComposer(text)
      document = try composer.compose()
      for fault in composer.faults { report.fault(at: fault.place, fault.message) }
    } catch {
      throw SettingsError(diagnostics: [Diagnostic(file: file, at: error.place, error.message)])
    }
    var reader = SettingsReader(
      providers: providers, environment: environment, readFile: readFile, folder: Paths.folder(of: path),
      report: report)
    let workspaces = reader.workspaces(in: document)
    report = reader.report
    guard report.faults.isEmpty else { throw SettingsError(diagnostics: report.faults) }
    return Settings(workspaces: workspaces, warnings: report.warnings)
  }

  private func bytes(of path: String) throws(DocumentFault) -> [UInt8] {
    do {
      return try readFile(path, SettingsLoader.sizeLimit)
    } catch {
      throw DocumentFault(.start, "the configuration file cannot be read (\(error))")
    }
  }
}
