/// What a field is read as, without a ``Field`` made of it first.
extension Record {
  package func isEmpty(_ column: Int) -> Bool { bounds[column].range.isEmpty }

  /// - Parameter scale: stored units in one; see ``DecimalText``.
  package func decimal(_ column: Int, scale: Int64) -> DecimalText.Result {
    DecimalText.parse(bytes.span.extracting(bounds[column].range), scale: scale)
  }

  package func timestamp(_ column: Int) -> Timestamp? {
    Timestamp.parse(bytes.span.extracting(bounds[column].range))
  }
}
