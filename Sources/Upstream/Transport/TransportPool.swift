import Foundation
import Synchronization

/// One client for every combination of proxy and trust, made when first needed.
package final class TransportPool: Sendable {
  private struct Key: Hashable {
    let authorities: String?
    let proxy: ProxyAddress?
  }

  private struct Entry {
    let transport: HTTPTransport
    /// What was in the file of authorities.
    let trust: Data?
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    /// Replaced by others, but perhaps with requests under way.
    var replaced: [HTTPTransport] = []
  }

  private let timeouts: HTTPTransport.Timeouts
  private let rules: ProxyRules
  private let state = Mutex(State())

  package init(timeouts: HTTPTransport.Timeouts = .init(), proxies: ProxyRules) {
    self.timeouts = timeouts
    rules = proxies
  }

  /// - Parameter authorities: the workspace's `ca_file`.
  package func transport(for url: String, authorities: String?) -> HTTPTransport {
    let key = Key(authorities: authorities, proxy: rules.proxy(for: url))
    return state.withLock { state in
      if let known = state.entries[key] { return known.transport }
      let transport = HTTPTransport(timeouts: timeouts, authorities: authorities, proxy: key.proxy)
      state.entries[key] = Entry(transport: transport, trust: authorities.flatMap(Self.contents))
      return transport
    }
  }

  /// Reads every `ca_file` again, as a reload does; requests under way end with the trust that they began with.
  package func renewTrust() {
    state.withLock { state in
      for (key, entry) in state.entries {
        guard let path = key.authorities, Self.contents(path) != entry.trust else { continue }
        state.replaced.append(entry.transport)
        state.entries[key] = nil
      }
    }
  }

  private static func contents(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

  package func shutdown() async {
    let all = state.withLock { state in
      defer { state = State() }
      return state.entries.values.map(\.transport) + state.replaced
    }
    for transport in all { await transport.shutdown() }
  }
}
