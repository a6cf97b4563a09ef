import Foundation

/// The nearest IANA name of a time zone.
package enum TimeZoneNames {
  /// Without names such as `GMT`, which are no places.
  private static let known = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }

  /// - Returns: a name in which at most the case, a few letters or the continent are different.
  package static func suggestion(for name: String) -> String? {
    let place = name.lowercased().replacing(" ", with: "_")
    if let city = known.first(where: { $0.lowercased().split(separator: "/").last.map(String.init) == place }) {
      return city
    }
    return Suggestion.nearest(to: place, among: ["UTC"] + known)
  }
}
