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
  ///
  /// - Throws: ``RunError`` with `.usage` for a key that is none, `.programMissing` where there is no ledger.
  package func audit(key: String?) throws(RunError) -> LedgerAudit {
    let pinned = try key.map { text throws(RunError) in try Self.pinned(text) }
    guard FilePaths.exists(directory) else {
      throw RunError(
        .programMissing, at: directory, "there is no ledger.",
        remedy: anchor == nil ? "Name the directory of one." : "The first run begins one.")
    }
    do throws(LedgerError) {
      let own = anchor == nil ? nil : try? LedgerKey.load(at: keys).verifier
      return try LedgerAudit(directory: directory, key: pinned ?? own, anchor: anchor)
    } catch {
      throw RunError(error)
    }
  }

  private static func pinned(_ text: String) throws(RunError) -> VerifierKey {
    do throws(LedgerError) {
      return try VerifierKey(text)
    } catch {
      throw RunError(.usage, at: "--key", "\(error.sentence).", remedy: "The ledger's key.pub holds such a key.")
    }
  }
}

extension RunError {
  /// What the ledger said, with the exit code that it deserves.
  package init(ledger error: LedgerError) { self.init(error) }
}
