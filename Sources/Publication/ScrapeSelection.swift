package import Usage

/// The part of the published samples that a scrape asks for: `/probe`'s target, or `collect[]` and `provider[]`.
package struct ScrapeSelection: Sendable, Hashable {
  /// One workspace; nil for all.
  package var workspace: WorkspaceID?
  /// nil for all.
  package var providers: Set<ProviderKind>?
  /// nil for all.
  package var collectors: Set<String>?

  package static let everything = ScrapeSelection()

  package init(
    workspace: WorkspaceID? = nil, providers: Set<ProviderKind>? = nil, collectors: Set<String>? = nil
  ) {
    self.workspace = workspace
    self.providers = providers
    self.collectors = collectors
  }

  package func holds(_ id: WorkspaceID) -> Bool {
    (workspace ?? id) == id && providers?.contains(id.provider) ?? true
  }

  package func holds(collector name: String) -> Bool { collectors?.contains(name) ?? true }
}
