/// The URL that a provider's paths are appended to: `scheme://host[:port][/path]`.
package struct BaseURL: Equatable {
  /// With scheme and host in small letters and without a trailing slash.
  package let text: String
  /// Whether the key would cross a network in clear.
  package let isExposed: Bool

  package static let exposure =
    "is http to another machine, so that the key travels in clear: use https unless the network is trusted"

  package enum Fault: Error, CustomStringConvertible {
    case scheme
    case host
    case port
    case userInfo
    case queryOrFragment
    case character

    package var description: String {
      switch self {
      case .scheme: "must begin with https:// (or http://)"
      case .host: "has no valid host: write https://host, in ASCII"
      case .port: "has no valid port: it must be from 1 to 65535"
      case .userInfo: "must not hold a user or a password: the key goes into `api_key_file`"
      case .queryOrFragment: "must not hold a query or a fragment (? or #)"
      case .character: "holds a character that must be percent-encoded in a URL"
      }
    }
  }

  package init(_ text: String) throws(Fault) {
    guard let mark = text.firstRange(of: "://") else { throw .scheme }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { throw .scheme }
    let rest = text[mark.upperBound...]
    guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .queryOrFragment }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { throw .userInfo }
    var path = rest[authority.endIndex...]
    guard path.utf8.allSatisfy(BaseURL.isAllowedInPath) else { throw .character }
    while path.hasSuffix("/") { path.removeLast() }

    let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
    let host = hostEnd.map { authority[..<$0] } ?? authority.prefix { $0 != ":" }
    guard BaseURL.isHost(host) else { throw .host }
    let port = authority[host.endIndex...]
    if !port.isEmpty {
      guard port.hasPrefix(":"), port.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }),
        let number = Int(port.dropFirst()), (1...65_535).contains(number)
      else { throw .port }
    }
    self.text = "\(scheme)://\(host.lowercased())\(port)\(path)"
    isExposed = scheme == "http" && !BaseURL.isLoopback(host.lowercased())
  }

  private static func isHost(_ host: Substring) -> Bool {
    if host.hasPrefix("[") {
      let address = host.dropFirst().dropLast()
      return address.contains(":") && address.utf8.allSatisfy { isHexadecimal($0) || $0 == 58 || $0 == 46 }
    }
    return !host.isEmpty && host.utf8.count <= 253 && !host.hasPrefix(".") && !host.contains("..")
      && host.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    return octets.count == 4 && octets.first == "127" && octets.allSatisfy { UInt8($0) != nil }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }

  /// RFC 3986's `pchar`, the slash and the percent sign.
  private static func isAllowedInPath(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "-._~!$&'()*+,;=:@/%".utf8.contains(byte)
  }
}
