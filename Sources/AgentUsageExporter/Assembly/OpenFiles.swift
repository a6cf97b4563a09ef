import Foundation

/// How many files and connections the process may have open.
enum OpenFiles {
  /// More than a thousand workspaces need: two requests each, and those who scrape.
  private static let wanted: rlim_t = 65_536

  /// Raises the limit as far as the system lets it, as Go's programs do: the usual 1,024 is there for programs that use
  /// `select`, and a few hundred workspaces that are due at once would reach it.
  static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(limit.rlim_max, wanted)
    // Where it is refused, the exporter goes on with what it has.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
