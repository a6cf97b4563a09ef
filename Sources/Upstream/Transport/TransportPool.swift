import Synchronization

/// One client for every combination of proxy and trust, made when first needed.
package final class TransportPool: Sendable {
  private struct Key: Hashable {
    let authorities: String?
    let proxy: ProxyAddress?
  }

  private let timeouts: HTTPTransport.Timeouts
  private let rules: ProxyRules
  private let transports = Mutex<[Key: HTTPTransport]>([:])

  package init(timeouts: HTTPTransport.Timeouts = .init(), proxies: ProxyRules) {
    self.timeouts = timeouts
    rules = proxies
  }

  /// - Parameter authorities: the workspace's `ca_file`.
  package func transport(for url: String, authorities: String?) -> HTTPTransport {
    let key = Key(authorities: authorities, proxy: rules.proxy(for: url))
    return transports.withLock { transports in
      if let known = transports[key] { return known }
      let transport = HTTPTransport(timeouts: timeouts, authorities: authorities, proxy: key.proxy)
      transports[key] = transport
      return transport
    }
  }

  package func shutdown() async {
    let all = transports.withLock { transports in
      defer { transports = [:] }
      return Array(transports.values)
    }
    for transport in all { await transport.shutdown() }
  }
}
