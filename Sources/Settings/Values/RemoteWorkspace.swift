/// The provider's own id of a workspace, which becomes a part of URLs.
enum RemoteWorkspace {
  /// - Returns: what is wrong, to be put after the name of the key.
  static func fault(in id: String) -> String? {
    let isPlain = id.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-._".utf8.contains($0)
    }
    guard !id.isEmpty, id.utf8.count <= 128, isPlain, id != ".", id != ".." else {
      return "must be the provider's id of the workspace: 1 to 128 letters, digits, `-`, `_` or `.`"
    }
    return nil
  }
}
