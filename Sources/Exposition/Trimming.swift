extension Array where Element: BitwiseCopyable {
  /// The same without room for more, to be kept.
  func trimmed() -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = buffer.update(fromContentsOf: self)
    }
  }
}
