import Foundation
import GRDB
import Usage

/// Statements about a workspace as a whole.
enum LedgerQueries {
  /// So many of the days that were read stay: 400 closed ones, today, and a last one that may have closed elsewhere.
  static let retainedDays = 402

  static func row(of workspace: WorkspaceID, in db: Database) throws -> Int64 {
    let arguments: StatementArguments = [workspace.provider.rawValue, workspace.name]
    try db.execute(sql: "INSERT OR IGNORE INTO workspace (provider, name) VALUES (?, ?)", arguments: arguments)
    return try Int64.fetchOne(db, sql: "SELECT id FROM workspace WHERE provider = ? AND name = ?", arguments: arguments)
      ?? 0
  }

  static func progress(of workspace: WorkspaceID, in db: Database) throws -> WorkspaceProgress {
    let row = try Row.fetchOne(
      db, sql: "SELECT blocked_until, refused_credential FROM workspace WHERE id = ?",
      arguments: [row(of: workspace, in: db)])
    var progress = WorkspaceProgress()
    progress.blockedUntil = (row?["blocked_until"] as Double?).map(Date.init(seconds:))
    progress.refusedCredential = row?["refused_credential"]
    return progress
  }

  static func save(_ progress: WorkspaceProgress, of workspace: WorkspaceID, in db: Database) throws {
    try db.execute(
      sql: "UPDATE workspace SET blocked_until = ?, refused_credential = ? WHERE id = ?",
      arguments: [progress.blockedUntil?.seconds, progress.refusedCredential, row(of: workspace, in: db)])
  }

  static func salt(in db: Database) throws -> Salt {
    Salt(value: try Int64.fetchOne(db, sql: "SELECT value FROM salt") ?? 0)
  }

  static func folding(of workspace: WorkspaceID, in db: Database) throws -> AgentFolding {
    let id = try row(of: workspace, in: db)
    let kept = try String.fetchSet(
      db,
      sql: """
        SELECT DISTINCT e.name FROM entity e JOIN collector c ON c.id = e.collector_id
        WHERE c.workspace_id = ? AND e.scope = 'agent' AND e.name NOT IN ('unassigned', 'other')
        """, arguments: [id])
    let folded = try String.fetchSet(db, sql: "SELECT name FROM folded_agent WHERE workspace_id = ?", arguments: [id])
    return AgentFolding(
      kept: Set(kept.map(StoredText.decode)), folded: Set(folded.map(StoredText.decode)))
  }

  static func addFolded(_ agents: Set<String>, to workspace: WorkspaceID, in writer: LedgerWriter) throws {
    guard !agents.isEmpty else { return }
    let id = try row(of: workspace, in: writer.db())
    for agent in agents {
      try writer.run("INSERT OR IGNORE INTO folded_agent VALUES (?, ?)", [id, StoredText.encode(agent)])
    }
  }
}

/// A number of this ledger's own that goes into its hashes: equal texts can be told, and none can be looked up elsewhere.
struct Salt: Sendable {
  let value: Int64

  func hash(of text: String) -> Int64 {
    let salted = withUnsafeBytes(of: value) { Array($0) } + Array(text.utf8)
    return Int64(bitPattern: StableHash.fnv1a(salted))
  }
}
