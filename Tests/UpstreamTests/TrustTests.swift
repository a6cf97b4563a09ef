import Foundation
import TestSupport
import Testing
import Upstream

/// "A reload reads both files again", and the certificates that they name.
@Suite struct TrustTests {
  @Test func aReplacedAuthorityIsTrustedAfterItWasReadAgain() async throws {
    let server = try await TLSServer(name: "localhost", days: 2)
    defer { server.stop() }
    let stranger = try await TLSServer(name: "localhost", days: 2)
    defer { stranger.stop() }
    let url = "https://localhost:\(try await server.start())/v1/usage"
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(contentsOf: URL(fileURLWithPath: stranger.authority)).write(to: file)
    let pool = TransportPool(proxies: ProxyRules(environment: [:]))
    #expect(await cause(url, pool, file.path) == .tlsUntrusted)
    try Data(contentsOf: URL(fileURLWithPath: server.authority)).write(to: file)
    #expect(await cause(url, pool, file.path) == .tlsUntrusted)
    pool.renewTrust()
    #expect(await cause(url, pool, file.path) == nil)
    await pool.shutdown()
  }

  /// - Returns: nil if there was an answer.
  private func cause(_ url: String, _ pool: TransportPool, _ authorities: String) async -> UpstreamFailure.Cause? {
    do {
      _ = try await pool.transport(for: url, authorities: authorities).send(
        WireRequest(.get, url), limit: 1 << 20, into: { _ in WholeBody() })
      return nil
    } catch {
      return error.cause
    }
  }
}
