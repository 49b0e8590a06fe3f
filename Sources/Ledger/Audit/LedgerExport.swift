/// A copy of a ledger for auditors: checkpoint, key, policy, tiles and bundles, all of them static files that any
/// tlog-tiles reader can use from disk or behind a web server.
enum LedgerExport {
  /// In the form of C2SP tlog-policy: the log's key, and that no witnesses are asked for.
  static let policyName = "policy"

  static func policy(_ key: VerifierKey) -> String { "log \(key)\nquorum none\n" }
}

extension LedgerAudit {
  /// Writes the copy to a new directory, after the whole ledger was verified.
  ///
  /// - Returns: the audit of what was exported.
  /// - Throws: `.alreadyExists` where something is in `target`; the problem's own code where the ledger does not verify.
  @discardableResult
  package func export(to target: String) throws(LedgerError) -> AuditReport {
    let report = try verify()
    if let problem = report.problem { throw problem.error }
    let copy = try LedgerDirectory(target, create: true, isLedger: false)
    guard try copy.names(in: ".").isEmpty else {
      throw LedgerError(
        .alreadyExists, place: target, "the directory is not empty", remedy: "name a directory that is not there yet")
    }
    // The run that writes the ledger may have gone on: what was just published is copied, and verified as a copy.
    let verified = try checkpoint()
    let tiles = TileStore(directory: directory)
    for tile in Tile.all(size: verified.value.size) {
      try Self.put(tile.path, try tiles.existing(tile), in: copy)
    }
    try Self.put(Sequencer.keyName, Array("\(key)\n".utf8), in: copy)
    try Self.put(LedgerExport.policyName, Array(LedgerExport.policy(key).utf8), in: copy)
    try Self.put(Sequencer.checkpointName, verified.note, in: copy)
    let exported = try LedgerAudit(directory: target, key: key, anchor: nil).verify()
    if let problem = exported.problem { throw problem.error }
    return exported
  }

  private static func put(_ name: String, _ bytes: [UInt8], in copy: LedgerDirectory) throws(LedgerError) {
    guard try copy.create(name, bytes, .process, mode: 0o444) else {
      throw LedgerError(.alreadyExists, place: "\(copy.path)/\(name)", "somebody else writes to the same directory")
    }
  }
}
