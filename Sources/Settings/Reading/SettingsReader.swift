import Usage

/// Reads the tree of a configuration file. Every method reports what is wrong and returns nil for it, and goes on.
struct SettingsReader {
  let providers: [ProviderDefaults]
  let environment: [String: String]
  let readFile: FileReader
  /// The folder of the configuration file, ending with a slash, or empty.
  let folder: String
  var report: Report

  /// - Returns: the workspaces; worth having only if nothing was reported.
  mutating func workspaces(in root: YAMLNode) -> [WorkspaceSettings] {
    guard !root.isNull else {
      report.fault(at: .start, DocumentComposer.empty)
      return []
    }
    guard
      let fields = fields(
        of: root, "the configuration", known: ["defaults", "workspaces"],
        hint: { WorkspaceKey(rawValue: $0)?.isShared == true ? "belongs under `defaults` or in a workspace" : nil })
    else { return [] }
    var defaults = SharedSettings()
    if let field = fields["defaults"] { defaults = shared(in: field) }
    guard let list = fields["workspaces"] else {
      report.fault(at: root.place, "`workspaces` is missing: list at least one, with `name`, `provider` and its key")
      return []
    }
    guard !list.value.isNull, let items = items(of: list, "workspaces", example: "- name: acme") else {
      if list.value.isNull { report.fault(at: list.place, SettingsReader.noWorkspaces) }
      return []
    }
    if items.isEmpty { report.fault(at: list.value.place, SettingsReader.noWorkspaces) }
    var names: [WorkspaceID: Int] = [:]
    return items.compactMap { workspace(in: $0.value, defaults, &names) }
  }

  private static let noWorkspaces = "`workspaces` is empty: list at least one, with `name`, `provider` and its key"

  private mutating func shared(in field: Field) -> SharedSettings {
    let known = fields(
      of: field.value, "`defaults`", known: WorkspaceKey.shared,
      hint: { WorkspaceKey.ownOnly.contains($0) ? "is given in each workspace, not under `defaults`" : nil })
    return known.map { shared(in: $0) } ?? SharedSettings()
  }
}
