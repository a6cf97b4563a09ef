/// A credential. It prints as a placeholder wherever it is interpolated, dumped or logged.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String

  package init(_ value: String) {
    self.value = value
  }

  /// The credential itself: for the header of a request to its own provider and nothing else.
  package func reveal() -> String { value }

  package var isEmpty: Bool { value.isEmpty }
  package var description: String { "<secret>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
