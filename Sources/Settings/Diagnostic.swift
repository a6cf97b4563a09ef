/// A fault or a warning at a place of the configuration.
///
/// The message never holds text of the configuration, since any of it may be a misplaced secret: the place says where to
/// look. It may hold the names of environment variables, never their values.
package struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
  /// The path of the configuration file, or `environment`.
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// What is wrong and what would be right.
  package let message: String

  package init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  init(file: String, at place: Place, _ message: String) {
    self.init(file: file, line: place.line, column: place.column, message: message)
  }

  /// `file:line:column: message`.
  package var description: String { "\(file):\(line):\(column): \(message)" }
}

extension Diagnostic: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
  }
}

/// Why a configuration was refused: every fault, sorted by place.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  package let diagnostics: [Diagnostic]

  package init(diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// One fault a line.
  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// Why the environment gave no workspaces.
package enum EnvironmentSettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No provider's key is set at all.
  ///
  /// - Parameter variables: those of which one would do.
  case nothingConfigured(variables: [String])
  case invalid(SettingsError)

  package var description: String {
    switch self {
    case .nothingConfigured(let variables):
      "no workspace is configured: give --config.file, or set \(English.list(variables, "or")) "
        + "(each also with _FILE appended, for the path of a file that holds the key); the command `demo` needs neither"
    case .invalid(let error): error.description
    }
  }
}
