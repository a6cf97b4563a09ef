package import Settings

extension WebSecurity {
  typealias Loaded = (snapshot: WebSnapshot, warnings: [Diagnostic])

  struct Reading {
    let result: Result<Loaded, SettingsError>
    let watch: FileWatch

    fileprivate func takesAway(from protection: Protection) -> Bool {
      guard case .success(let loaded) = result else { return false }
      return protection.loses(to: loaded.snapshot.protection)
    }
  }

  /// Checks a web configuration as the server would take it: certificate and key loaded and matched.
  ///
  /// - Returns: the warnings.
  /// - Throws: every fault.
  package static func validate(path: String) throws(SettingsError) -> [Diagnostic] {
    try read(path, .local).result.get().warnings
  }

  /// - Parameter known: what was noted at the reading before.
  static func read(_ path: String, _ files: ConfigurationFiles, after known: FileWatch = FileWatch()) -> Reading {
    // The stamps are taken before the contents: what is written in between differs from its stamp and is read again.
    let noted = StampedReader(files)
    let now = files.now()
    let outcome = WebSettingsLoader(readFile: noted.read).load(file: path)
    var watch = known
    watch.note(noted.stamps, at: now)
    return Reading(result: loaded(outcome), watch: watch)
  }

  /// Nanoseconds for which files must have been left alone before less protection is taken from them.
  static let calm: Int64 = 250_000_000

  /// Reads what is to be adopted. What takes nothing of `protection` away is adopted at once; what does may be a file that
  /// somebody has emptied and is about to write, so it must be the same when it has been left alone for a moment.
  ///
  /// - Returns: nil if the files are being written to.
  static func readCalmly(
    _ path: String, _ files: ConfigurationFiles, after known: FileWatch, keeping protection: Protection
  ) -> Reading? {
    let first = read(path, files, after: known)
    let missing = calm - first.watch.age(at: files.now())
    guard first.takesAway(from: protection), missing > 0 else { return first }
    files.pause(missing)
    let second = read(path, files, after: first.watch)
    return second.takesAway(from: protection) && !second.watch.agrees(with: first.watch) ? nil : second
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
