import Foundation
package import Usage

/// An HTTP proxy.
package struct ProxyAddress: Hashable, Sendable {
  package let host: String
  package let port: Int
  /// nil where it wants none.
  package let credential: ProxyCredential?
}

/// Who asks a proxy: the part before the `@` of its address.
package struct ProxyCredential: Hashable, Sendable {
  package let user: String
  package let password: Secret
}

/// Which addresses are reached by which proxy: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as curl reads them; of the
/// proxies, those that speak plain HTTP themselves.
package struct ProxyRules: Hashable, Sendable {
  private let secure: ProxyAddress?
  private let plain: ProxyAddress?
  private let exceptions: [String]

  package init(environment: [String: String]) {
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    secure = value("https_proxy", "HTTPS_PROXY").map(Self.address)
    plain = value("http_proxy", "HTTP_PROXY").map(Self.address)
    exceptions = (value("no_proxy", "NO_PROXY") ?? "").lowercased().split { ", ".contains($0) }.map(String.init)
  }

  /// The proxy for `url`; nil to connect directly.
  package func proxy(for url: String) -> ProxyAddress? {
    guard let parts = URLComponents(string: url), let host = parts.host?.lowercased() else { return nil }
    if isExcepted(host) { return nil }
    return parts.scheme?.lowercased() == "https" ? secure : plain
  }

  private func isExcepted(_ host: String) -> Bool {
    exceptions.contains { exception in
      let name = exception.hasPrefix(".") ? String(exception.dropFirst()) : exception
      return exception == "*" || host == name || host.hasSuffix("." + name)
    }
  }

  /// One that cannot be used must not be passed by, as whoever set it wants no direct connections: it is a proxy that nobody
  /// finds.
  private static func address(_ text: String) -> ProxyAddress {
    let url = text.contains("://") ? text : "http://" + text
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
      parts.scheme?.lowercased() == "http"
    else { return unusable }
    let credential = parts.user.map { ProxyCredential(user: $0, password: Secret(parts.password ?? "")) }
    return ProxyAddress(host: host, port: parts.port ?? 3128, credential: credential)
  }

  /// No name ends with `.invalid` (RFC 6761, section 6.4).
  private static let unusable = ProxyAddress(host: "proxy.invalid", port: 3128, credential: nil)
}
