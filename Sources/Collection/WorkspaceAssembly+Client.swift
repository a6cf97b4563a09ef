import Providers
package import Settings
package import Upstream
package import Usage

extension WorkspaceAssembly {
  /// What asks a workspace's provider: with its credential, at its pace, by its proxy and trust.
  ///
  /// - Parameter random: random numbers in 0..<1.
  package static func client(
    _ settings: WorkspaceSettings, secret: SecretBox, clock: any WallClock, random: @escaping @Sendable () -> Double,
    observer: any RequestObserver, transports: TransportPool
  ) -> APIClient {
    let authorities = settings.caFile
    return APIClient(
      baseURL: settings.baseURL, secret: secret,
      gate: RequestGate(
        perMinute: settings.requestsPerMinute, burst: isEven(settings) ? 1 : nil, clock: clock, random: random),
      clock: clock, observer: observer,
      transport: { url in transports.transport(for: url, authorities: authorities) })
  }

  private static func isEven(_ settings: WorkspaceSettings) -> Bool {
    let limit = ProviderRegistry.adapter(for: settings.id.provider)?.defaults.evenUpTo ?? 0
    return settings.requestsPerMinute <= limit
  }
}
