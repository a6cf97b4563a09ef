/// Paths of files that the configuration names.
package enum Paths {
  /// The folder that holds the file `path`, ending with a slash; empty for the current one.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// `path` as seen from `folder`, as Prometheus resolves the paths in its configuration files.
  package static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + path
  }
}
