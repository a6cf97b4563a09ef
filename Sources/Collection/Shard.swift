package import Usage

/// One of several instances that share the workspaces.
package struct Shard: Sendable, Hashable {
  package let index: Int
  package let total: Int

  /// - Returns: nil if there is no such shard.
  package init?(index: Int, total: Int) {
    guard total >= 1, (0..<total).contains(index) else { return nil }
    self.index = index
    self.total = total
  }

  /// Whether a workspace is this instance's business.
  ///
  /// Jump consistent hashing (Lamping and Veach, 2014): with one shard more, one workspace in `total` moves, and each to
  /// the new shard.
  package func holds(_ workspace: WorkspaceID) -> Bool {
    var key = StableHash.fnv1a(workspace.description.utf8)
    var bucket: Int64 = -1
    var next: Int64 = 0
    while next < Int64(total) {
      bucket = next
      key = key &* 2_862_933_555_777_941_757 &+ 1
      next = Int64(Double(bucket + 1) * (Double(1 << 31) / Double((key >> 33) + 1)))
    }
    return bucket == Int64(index)
  }
}
