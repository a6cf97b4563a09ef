import GRDB
package import Usage

extension Ledger {
  package func progress(of workspace: WorkspaceID) throws(LedgerError) -> WorkspaceProgress {
    try write { db in try LedgerQueries.progress(of: workspace, in: db) }
  }

  package func record(_ progress: WorkspaceProgress, for workspace: WorkspaceID) throws(LedgerError) {
    try write { db in try LedgerQueries.save(progress, of: workspace, in: self.writer(db).db()) }
  }

  /// A number that tells whether a credential is still the one that was refused, without telling the credential.
  package func fingerprint(of secret: Secret) throws(LedgerError) -> Int64 {
    try read { db in try LedgerQueries.salt(in: db).hash(of: secret.reveal()) }
  }
}
