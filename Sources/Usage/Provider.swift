/// The platforms that are asked.
package enum ProviderKind: String, CaseIterable, Sendable, Hashable {
  case langdock
  case dust
  case tess
  case agentphone
}

/// One workspace of one provider: what the labels `provider` and `workspace` name.
package struct WorkspaceID: Hashable, Sendable, CustomStringConvertible {
  package let provider: ProviderKind
  package let name: String

  package init(_ provider: ProviderKind, _ name: String) {
    self.provider = provider
    self.name = name
  }

  package var description: String { "\(provider.rawValue)/\(name)" }
}
