package import Foundation
import GRDB
package import Usage

/// When the live counters of a workspace began.
package enum LiveStart: Hashable, Sendable {
  case since(Date)
  /// The workspace has counters, but their ledger does not tell since when.
  case unknown
}

extension LiveStart {
  /// Looks into the ledger of a folder, which another process may be using, without its lock and without changing it.
  ///
  /// SQLite lets any number of processes read while one writes, each of them what was committed when it began.
  ///
  /// - Returns: the workspaces that have counters, each with its earliest; none where there is no ledger.
  /// - Throws: ``LedgerError/unusable(path:reason:)``.
  package static func all(inFolder path: String) throws(LedgerError) -> [WorkspaceID: LiveStart] {
    let file = path + "/ledger.sqlite"
    guard path != ":memory:", FileManager.default.fileExists(atPath: file) else { return [:] }
    do {
      var configuration = GRDB.Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      return try DatabaseQueue(path: file, configuration: configuration).read(starts)
    } catch {
      throw LedgerError.unusable(path: path, reason: Ledger.reason(of: error))
    }
  }

  private static func starts(in db: Database) throws -> [WorkspaceID: LiveStart] {
    // A ledger of an earlier version, of which the exporter is still running, lacks the column.
    let isTold = try db.columns(in: "collector").contains { $0.name == "live_since" }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT w.provider, w.name, \(isTold ? "c.live_since" : "NULL")
        FROM workspace w JOIN collector c ON c.workspace_id = w.id WHERE c.baselined OR c.last_success IS NOT NULL
        """)
    var starts: [WorkspaceID: LiveStart] = [:]
    for row in rows {
      guard let provider = ProviderKind(rawValue: row[0]) else { continue }
      let seconds: Double? = row[2]
      let start = seconds.map { LiveStart.since(Date(timeIntervalSince1970: $0)) } ?? .unknown
      starts.merge([WorkspaceID(provider, row[1]): start]) { earliest($0, $1) }
    }
    return starts
  }

  private static func earliest(_ left: LiveStart, _ right: LiveStart) -> LiveStart {
    guard case .since(let one) = left, case .since(let other) = right else { return .unknown }
    return .since(min(one, other))
  }
}
