package import Evidence
internal import Glibc

/// What a user decides when a ledger does not verify: keep it aside as it is, and start a new one that commits to it.
package enum LedgerRecovery {
  /// What was set aside, and what goes on.
  package struct Outcome: Sendable {
    /// Where the broken ledger lies now, untouched.
    package let brokenDirectory: String
    /// The new ledger's key; auditors have to pin it anew.
    package let key: LedgerKey
    /// The new ledger's first entry.
    package let firstEntry: JSONValue
  }

  /// Moves the ledger to `<directory>.broken-<time>`, its anchor and its key likewise, and starts a new ledger under a
  /// new key and a new origin: the old key may have signed what the new ledger does not contain.
  ///
  /// The new ledger's first entry, `ledger.forked`, holds the SHA-256 of the old checkpoint file and of the anchor.
  package static func setAside(
    _ directory: String, keys: String, anchor: String?, clock: WallClock = .system
  ) throws(LedgerError) -> Outcome {
    let now = clock.now()
    let suffix = ".broken-" + now.description.filter { $0 != ":" }
    let entry = try firstEntry(directory, anchor: anchor, suffix: suffix, now: now)
    try move(directory, to: directory + suffix)
    if let anchor { try Anchor(path: anchor).setAside(suffix: suffix) }
    let keyFile = "\(keys)/\(LedgerKey.fileName)"
    try move(keyFile, to: keyFile + suffix)
    let key = try LedgerKey.loadOrCreate(at: keys)
    let log = try TransparencyLog.open(at: directory, key: key, anchor: anchor, durability: .disk)
    try append(entry, to: log)
    return Outcome(brokenDirectory: directory + suffix, key: key, firstEntry: entry)
  }

  private static func firstEntry(
    _ directory: String, anchor: String?, suffix: String, now: Timestamp
  ) throws(LedgerError) -> JSONValue {
    let ledger = try LedgerDirectory(directory, create: false)
    let name = directory.split(separator: "/").last.map(String.init) ?? directory
    var previous: [String: JSONValue] = ["directory": .string(name + suffix)]
    let files = [("checkpointHash", Sequencer.checkpointName), ("keyHash", Sequencer.keyName)]
    for (member, file) in files {
      let bytes = try ledger.contents(of: file, limit: LedgerLimits.noteBytes)
      previous[member] = bytes.map { .string(TreeHash.sha256($0).base64) }
      if file == Sequencer.checkpointName, let checkpoint = bytes.flatMap({ unverifiedCheckpoint($0) }) {
        previous["origin"] = .string(checkpoint.origin)
        previous["size"] = .integer(min(checkpoint.size, 1 << 53 - 1))
        previous["root"] = .string(checkpoint.root.base64)
      }
    }
    if let anchor, let kept = try Anchor(path: anchor).read() {
      previous["anchorHash"] = .string(TreeHash.sha256(kept).base64)
    }
    return ["v": 1, "type": "ledger.forked", "t": .string(now.description), "previous": .object(previous)]
  }

  /// What the broken ledger's checkpoint claims, as a claim.
  private static func unverifiedCheckpoint(_ note: [UInt8]) -> Checkpoint? {
    guard let signed = try? SignedNote(note) else { return nil }
    return try? Checkpoint(signed.text)
  }

  private static func move(_ old: String, to new: String) throws(LedgerError) {
    guard rename(old, new) == 0 || errno == ENOENT else { throw .system("move", old, errno: errno) }
  }

  private static func append(_ entry: JSONValue, to log: TransparencyLog) throws(LedgerError) {
    let outcome = FirstAppend()
    log.append([entry]) { outcome.store($0) }
    // Closing waits for the append.
    try log.close()
    _ = try outcome.result.get()
  }
}
