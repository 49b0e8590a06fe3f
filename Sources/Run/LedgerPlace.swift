internal import Evidence
package import Ledger

/// The installation's ledger, or a copy of one somewhere else, for reading.
package struct LedgerPlace: Sendable {
  package let directory: String
  package let keys: String
  package let anchor: String?

  /// - Parameter directory: `nil` for the installation's own, which is checked against its anchor too.
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package init(directory: String?) throws(RunError) {
    let environment = ProcessEnvironment.current
    guard let home = environment["HOME"] else {
      throw RunError(.usage, at: "HOME", "is not set.", remedy: "Set HOME, or name the ledger's directory.")
    }
    let state = StateDirectory(environment: environment, home: home)
    self.directory = directory ?? state.ledger
    keys = state.keys
    anchor = directory == nil ? state.ledgerAnchor : nil
  }

  /// - Parameter key: the vkey that the reader pinned; `nil` for the installation's own key, or in a copy the key in it.
  package func audit(key: String?) throws(RunError) -> LedgerAudit {
    do throws(LedgerError) {
      let pinned = try key.map { text throws(LedgerError) in try VerifierKey(text) }
      let own = anchor == nil ? nil : try? LedgerKey.load(at: keys).verifier
      return try LedgerAudit(directory: directory, key: pinned ?? own, anchor: anchor)
    } catch {
      throw RunError(error)
    }
  }
}

extension RunError {
  /// What the ledger said, with the exit code that it deserves.
  package init(ledger error: LedgerError) { self.init(error) }
}
