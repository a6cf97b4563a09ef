/// All that the configuration says, checked.
package struct Settings: Sendable, Equatable {
  /// In the order of the file; never two of one provider and name.
  package var workspaces: [WorkspaceSettings]
  /// What is allowed but unwise, sorted by place.
  package var warnings: [Diagnostic]

  package init(workspaces: [WorkspaceSettings], warnings: [Diagnostic] = []) {
    self.workspaces = workspaces
    self.warnings = warnings
  }
}
