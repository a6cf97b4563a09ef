/// How bad a verdict is.
package enum Severity: String, Sendable, Comparable, Encodable {
  case ok
  /// Worth a look; the exporter works all the same.
  case warning
  /// Something does not work, or could not be shown to work.
  case error

  private var rank: Int {
    switch self {
    case .ok: 0
    case .warning: 1
    case .error: 2
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
