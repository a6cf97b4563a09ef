/// Reads a web configuration in exporter-toolkit's schema, and the files that it names; every fault is reported at once.
package struct WebSettingsLoader: Sendable {
  let readFile: FileReader

  package init(readFile: @escaping FileReader = LocalFiles.read) {
    self.readFile = readFile
  }

  /// What came of one reading.
  package struct Outcome: Sendable {
    package let result: Result<WebSettings, SettingsError>
    /// The files that it named, to be watched also if it was refused.
    package let files: [String]
  }

  /// Reads the file at `path`. Paths in it are relative to its folder; variables are not replaced, since hashes hold `$`.
  package func load(file path: String) -> Outcome {
    var report = Report(file: path)
    let document: YAMLNode?
    do {
      let text = try SourceText.decode(bytes(of: path))
      var composer = try DocumentComposer(text)
      document = try composer.composeIfAny()
      for fault in composer.faults { report.fault(at: fault.place, fault.message) }
    } catch {
      let fault = Diagnostic(file: path, at: error.place, error.message)
      return Outcome(result: .failure(SettingsError(diagnostics: [fault])), files: [])
    }
    var reader = WebReader(file: path, readFile: readFile, report: report)
    var settings = WebSettings()
    if let document { settings = reader.settings(in: document) }
    report = reader.nodes.report
    settings.warnings = report.warnings
    return Outcome(
      result: report.faults.isEmpty ? .success(settings) : .failure(SettingsError(diagnostics: report.faults)),
      files: reader.files)
  }

  private func bytes(of path: String) throws(DocumentFault) -> [UInt8] {
    do {
      return try readFile(path, SettingsLoader.sizeLimit)
    } catch {
      throw DocumentFault(.start, "the web configuration file cannot be read (\(error))")
    }
  }
}
