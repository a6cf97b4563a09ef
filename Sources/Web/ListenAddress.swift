import Foundation

/// An address to listen on, as Prometheus' exporters write it: `:9847`, `127.0.0.1:9847`, `[::1]:9847`.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  package let host: String
  package let port: Int

  package static let standard = ListenAddress(host: "", port: 9847)

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// - Returns: nil if there is no port, or it is none; an IPv6 address must be in brackets.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    let host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      self.init(host: String(host.dropFirst().dropLast()), port: port)
    } else if host.contains(":") || host.contains("[") || host.contains("]") {
      return nil
    } else {
      self.init(host: host, port: port)
    }
  }

  /// What to bind: without a host every interface, of both address families where the machine has both.
  var bindHost: String {
    if !host.isEmpty { return host }
    return FileManager.default.fileExists(atPath: "/proc/net/if_inet6") ? "::" : "0.0.0.0"
  }

  /// Where a person on this machine reaches it.
  package var localURL: String { url(everywhere: "localhost") }

  /// Where a program on this machine reaches it, also in a container that knows no names.
  package var loopbackURL: String { url(everywhere: host == "::" ? "[::1]" : "127.0.0.1") }

  private func url(everywhere: String) -> String {
    let name = ["", "0.0.0.0", "::"].contains(host) ? everywhere : host.contains(":") ? "[\(host)]" : host
    return "http://\(name):\(port)"
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
