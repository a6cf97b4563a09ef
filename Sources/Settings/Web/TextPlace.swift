/// A place of a configuration file that others may find faults with, as the path of a certificate.
package struct TextPlace: Sendable, Hashable {
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int

  init(file: String, _ place: Place) {
    self.file = file
    line = place.line
    column = place.column
  }

  /// - Parameter message: holds no text of the configuration.
  package func diagnostic(_ message: String) -> Diagnostic {
    Diagnostic(file: file, line: line, column: column, message: message)
  }
}
