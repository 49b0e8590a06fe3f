internal import Glibc
package import Ledger

/// Where one installation keeps what must outlive a run: its authority, its keys, its ledger, the runs' own records.
///
/// `$SALLYPORT_HOME`, else `$XDG_STATE_HOME/sallyport`, else `~/.local/state/sallyport` (XDG Base Directory 0.8).
package struct StateDirectory: Sendable {
  package let path: String

  /// - Throws: ``RunError`` with `.usage` for a relative `SALLYPORT_HOME`: state that is elsewhere in every directory
  ///   would lose sight of its runs.
  package init(environment: [String: String], home: String) throws(RunError) {
    if let own = environment["SALLYPORT_HOME"], !own.isEmpty {
      guard own.hasPrefix("/") else {
        throw RunError(
          .usage, at: "SALLYPORT_HOME", "is '\(own)', which is no absolute path.",
          remedy: "Set it to one that begins with a slash.")
      }
      path = own
    } else if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = "\(state)/sallyport"
    } else {
      path = "\(home)/.local/state/sallyport"
    }
  }

  /// - Parameter path: absolute.
  init(path: String) { self.path = path }

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set, or as above.
  static func own() throws(RunError) -> StateDirectory {
    let environment = ProcessEnvironment.current
    guard let home = environment["HOME"] else {
      throw RunError(.usage, at: "HOME", "is not set.", remedy: "Set HOME to your home directory.")
    }
    return try StateDirectory(environment: environment, home: home)
  }

  /// The per-installation certificate authority; its key never leaves this directory.
  package var authority: String { "\(path)/authority" }
  package var keys: String { "\(path)/keys" }
  package var ledger: String { "\(path)/ledger" }
  /// The last checkpoint, kept apart from the ledger so that an older copy of the ledger is noticed.
  package var ledgerAnchor: String { "\(path)/ledger.anchor" }
  package var ledgerHome: LedgerHome { LedgerHome(directory: ledger, keys: keys, anchor: ledgerAnchor) }
  /// What is derived and can be made again.
  package var cache: String { "\(path)/cache" }
  /// What is known of the organisation's own code.
  package var fingerprints: String { "\(path)/fingerprints" }
  /// What the values of tables of one's own are known by.
  package var tables: String { "\(path)/tables" }
  package var runs: String { "\(path)/runs" }
  /// A directory for each run that is under way; what killed ones left there, the next run removes.
  package var live: String { "\(path)/live" }

  /// A file for each run whose protected places were not compared yet, with its workspace in it.
  package var unsettled: String { "\(path)/unsettled" }

  /// What was planted, in a file that only its owner reads.
  package var canaries: String { "\(path)/canaries" }

  /// What was taken out of messages, sealed.
  package var redactions: String { "\(path)/redactions" }

  package func run(_ id: String) -> String { "\(runs)/\(id)" }

  /// Makes a directory that only its owner can look into, and its parents.
  ///
  /// - Throws: ``RunError`` with `.state`.
  package static func make(_ path: String) throws(RunError) {
    var partial = ""
    for component in path.split(separator: "/") {
      partial += "/\(component)"
      guard mkdir(partial, 0o700) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES || errno == EPERM else {
        throw .state(partial, "cannot be made", errno)
      }
    }
    guard access(path, W_OK | X_OK) != 0 else { return }
    let cause = errno
    let isOther = FilePaths.exists(path) && !FilePaths.isDirectory(path)
    throw .state(path, "cannot be written", isOther ? ENOTDIR : cause)
  }

  /// The same for who may only read what is there: whoever then writes is told by the file that it cannot be.
  static func makeIfPossible(_ path: String) { _ = try? make(path) }
}
