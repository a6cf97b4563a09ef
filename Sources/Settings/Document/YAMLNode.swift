/// A value of the configuration with its place: aliases and merges are resolved, keys are unique.
struct YAMLNode {
  struct Entry {
    let key: String
    let place: Place
    let value: YAMLNode
  }

  enum Content {
    /// - Parameter isPlain: whether it was written without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
    /// A value whose fault has been reported: nothing more is to be said of it.
    case broken
  }

  var place: Place
  let content: Content
  /// How many nodes it has with aliases written out.
  let size: Int

  /// Whether this is YAML's null: nothing, `~` or `null`, without quotes.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
