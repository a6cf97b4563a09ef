package import Settings

extension WebSecurity {
  typealias Loaded = (snapshot: WebSnapshot, warnings: [Diagnostic])

  struct Reading {
    let result: Result<Loaded, SettingsError>
    let watch: FileWatch
  }

  /// Checks a web configuration as the server would take it: certificate and key loaded and matched.
  ///
  /// - Returns: the warnings.
  /// - Throws: every fault.
  package static func validate(path: String) throws(SettingsError) -> [Diagnostic] {
    try read(path, .local).result.get().warnings
  }

  static func read(_ path: String, _ files: ConfigurationFiles) -> Reading {
    // The stamps are taken before the contents: what is written in between differs from its stamp and is read again.
    let noted = StampedReader(files)
    let now = files.now()
    let outcome = WebSettingsLoader(readFile: noted.read).load(file: path)
    var watch = FileWatch()
    watch.note(noted.stamps, at: now)
    return Reading(result: loaded(outcome), watch: watch)
  }

  private static func loaded(_ outcome: WebSettingsLoader.Outcome) -> Result<Loaded, SettingsError> {
    do throws(SettingsError) {
      let settings = try outcome.result.get()
      return .success((try WebSnapshot(settings), settings.warnings))
    } catch {
      return .failure(error)
    }
  }
}
