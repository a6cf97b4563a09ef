package import Foundation
package import Usage

/// How new the newest usage is that an answer told of: as exactly as the provider tells, and no more exactly.
package enum NewestUsage: Sendable, Equatable {
  /// A row of that instant.
  case instant(Date)
  /// Sums of that day, of which nobody knows up to which hour they go.
  case day(Day)
  /// None since the beginning of that day, which is as far back as was asked.
  case noneSince(Day)

  /// For people.
  var text: String {
    switch self {
    case .instant(let instant): instant.formatted(.iso8601)
    case .day(let day): "\(day)"
    case .noneSince(let day): "none since \(day)"
    }
  }
}
