/// How the ledger's entries name files: `ledger: {paths: …}`.
package enum LedgerPaths: String, Sendable, Hashable, CaseIterable {
  /// By their paths.
  case plain
  /// By salted commitments to them: who has the run's salt can prove a path, nobody else can read one.
  case committed
}
