package import Exposition
package import Usage

extension LabelSet {
  /// The labels that every series of a workspace begins with.
  init(_ workspace: WorkspaceID) {
    self.init([Label("provider", workspace.provider.rawValue), Label("workspace", workspace.name)])
  }
}

extension SampleValue {
  /// - Parameter amount: in the stored units of `measure`.
  package init(_ amount: Int64, _ measure: Measure) {
    self = measure.scale == .micro ? .micros(amount) : .integer(amount)
  }
}
