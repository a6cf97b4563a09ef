/// `${VARIABLE}` in the values of the configuration. `$$` is a `$`, and any other `$` stands for itself.
package struct Interpolation {
  package enum Fault: Hashable {
    case unterminated
    case invalidName
    case unset(name: String)

    var message: String {
      switch self {
      case .unterminated: "`${` has no closing brace: write ${VARIABLE}, or $$ for a $"
      case .invalidName:
        "the name in `${…}` may hold letters, digits and `_` only and must not begin with a digit; write $$ for a $"
      case .unset(let name): "the environment variable \(name) is not set: set it, or write $$ for a $"
      }
    }
  }

  package private(set) var value = ""
  package private(set) var usesVariables = false
  package private(set) var faults: [Fault] = []

  package init(_ text: String, environment: [String: String]) {
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      value += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        value += "$"
        rest.removeFirst()
      } else if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          faults.append(.unterminated)
          return
        }
        substitute(rest[..<end].dropFirst(), environment)
        rest = rest[rest.index(after: end)...]
      } else {
        value += "$"
      }
    }
    value += rest
  }

  private mutating func substitute(_ name: Substring, _ environment: [String: String]) {
    usesVariables = true
    let isName = name.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
    guard isName, name.utf8.count <= 128, let first = name.utf8.first, !(48...57).contains(first) else {
      faults.append(.invalidName)
      return
    }
    if let found = environment[String(name)] {
      value += found
    } else {
      faults.append(.unset(name: String(name)))
    }
  }
}
