/// What a client of the simulated Dust has to be told.
extension Simulator {
  /// Base URL without a slash at the end; right once ``ready()`` has returned.
  package var dustURL: String { url(of: .dust) }

  package var dustKey: String { configuration.keys.dust.admin.min() ?? "" }

  /// The workspace's id.
  package var dustWorkspace: String { configuration.dust.workspace }
}
