import Mustache

/// A view as the template finds things in it: what is looked up often is reflected once.
struct Fields: MustacheParent {
  private let values: [String: Any]

  init(_ view: Any) {
    var values: [String: Any] = [:]
    for (label, value) in Mirror(reflecting: view).children {
      if let label, let value = Self.field(value) { values[label] = value }
    }
    self.values = values
  }

  func child(named name: String) -> Any? { values[name] }

  /// - Returns: nil for an optional that is nil.
  private static func field(_ value: Any) -> Any? {
    switch value {
    case is String, is Bool, is Int: return value
    case let list as [Any]: return list.compactMap(field)
    default: break
    }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return Fields(value) }
    return mirror.children.first.flatMap { field($0.value) }
  }
}
