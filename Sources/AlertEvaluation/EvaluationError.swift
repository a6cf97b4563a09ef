/// Why the evaluation cannot go on, and what to do about it.
package struct EvaluationError: Error, CustomStringConvertible, Hashable {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
