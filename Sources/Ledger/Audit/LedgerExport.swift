internal import Glibc

/// A copy of a ledger for auditors: checkpoint, key, policy, tiles and bundles, all of them static files that any
/// tlog-tiles reader can use from disk or behind a web server.
enum LedgerExport {
  /// In the form of C2SP tlog-policy: the log's key, and that no witnesses are asked for.
  static let policyName = "policy"

  static func policy(_ key: VerifierKey) -> String { "log \(key)\nquorum none\n" }

  /// What keeps a policy from being the one of this log without witnesses; remarks and empty lines do not.
  static func problem(policy bytes: [UInt8], _ key: VerifierKey) -> LedgerProblem? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split { $0 == " " || $0 == "\t" }
    }.filter { !($0.first?.hasPrefix("#") ?? true) }
    let logs = lines.filter { $0.first == "log" && (2...3).contains($0.count) }
    let isOurs = logs.count == 1 && logs.first.map { Array($0[1].utf8) == Array(key.text.utf8) } ?? false
    if isOurs, lines.count == 2, lines.contains(["quorum", "none"]) { return nil }
    return LedgerProblem(
      .edited, file: policyName,
      "the policy does not name just this log and no witness, so what it asks for was not checked",
      remedy: "replace it with the two lines `log \(key)` and `quorum none`")
  }
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
    let copy = try Self.newDirectory(target)
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
    let exported = try LedgerAudit(directory: target, key: key, anchor: nil, keySource: keySource).verify()
    if let problem = exported.problem { throw problem.error }
    return exported
  }

  private static func newDirectory(_ target: String) throws(LedgerError) -> LedgerDirectory {
    var status = stat()
    guard stat(target, &status) != 0 || status.st_mode & S_IFMT == S_IFDIR else {
      throw LedgerError(
        .alreadyExists, place: target, "it is a file, not a directory", remedy: "name a directory that is not there yet"
      )
    }
    return try LedgerDirectory(target, create: true, isLedger: false)
  }

  private static func put(_ name: String, _ bytes: [UInt8], in copy: LedgerDirectory) throws(LedgerError) {
    guard try copy.create(name, bytes, .process, mode: 0o444) else {
      throw LedgerError(.alreadyExists, place: "\(copy.path)/\(name)", "somebody else writes to the same directory")
    }
  }
}
