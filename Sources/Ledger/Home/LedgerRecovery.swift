package import Evidence
internal import Glibc

/// What a user decides when a ledger does not verify, or when a part of it is gone: keep aside what there is, and start a
/// new one that commits to it.
package enum LedgerRecovery {
  /// What was set aside, and what goes on.
  package struct Outcome: Sendable {
    /// Where the old ledger lies now, untouched; `nil` where there was none.
    package let brokenDirectory: String?
    /// The new ledger's key; auditors have to pin it anew.
    package let key: LedgerKey
    /// The new ledger's first entry.
    package let firstEntry: JSONValue
  }

  /// Moves the ledger to `<directory>.broken-<time>`, its anchor and its key likewise, and starts a new ledger under a
  /// new key and a new origin: the old key may have signed what the new ledger does not contain.
  ///
  /// The new ledger's first entry, `ledger.forked`, holds the SHA-256 of the old checkpoint file, key and anchor, as far
  /// as they are there. The old key keeps its place until the new ledger is whole, so that whoever dies in between
  /// leaves a home that refuses runs.
  ///
  /// - Throws: `.notFound` where nothing was ever recorded.
  package static func setAside(_ home: LedgerHome, clock: WallClock = .system) throws(LedgerError) -> Outcome {
    guard try home.condition() != .unused else {
      throw LedgerError(.notFound, place: home.directory, "there is no ledger that could be set aside")
    }
    let files = try LedgerDirectory(home.keys, create: true, isLedger: false)
    let lock = try LedgerHome.lock(files)
    defer { lock?.unlock() }
    let now = clock.now()
    let suffix = ".broken-" + now.description.filter { $0 != ":" }
    let entry = try firstEntry(home, suffix: suffix, now: now)
    let hadLedger = try move(home.directory, to: home.directory + suffix)
    try Anchor(path: home.anchor).setAside(suffix: suffix)
    // A draft of a beginning that died may have signed what was just set aside.
    try files.remove(LedgerHome.draftName)
    let key = try LedgerKey.loadOrCreate(LedgerHome.draftName, in: files)
    let log = try TransparencyLog.open(at: home.directory, key: key, anchor: home.anchor, durability: .disk)
    try append(entry, to: log)
    if files.exists(LedgerKey.fileName) { try files.link(LedgerKey.fileName, as: LedgerKey.fileName + suffix) }
    try files.rename(LedgerHome.draftName, to: LedgerKey.fileName, .disk)
    return Outcome(brokenDirectory: hadLedger ? home.directory + suffix : nil, key: key, firstEntry: entry)
  }

  private static func firstEntry(_ home: LedgerHome, suffix: String, now: Timestamp) throws(LedgerError) -> JSONValue {
    var previous: [String: JSONValue] = [:]
    if LedgerHome.exists(home.directory) {
      let ledger = try LedgerDirectory(home.directory, create: false)
      let name = home.directory.split(separator: "/").last.map(String.init) ?? home.directory
      previous["directory"] = .string(name + suffix)
      for (member, file) in [("checkpointHash", Sequencer.checkpointName), ("keyHash", Sequencer.keyName)] {
        let bytes = try ledger.contents(of: file, limit: LedgerLimits.noteBytes)
        previous[member] = bytes.map { .string(TreeHash.sha256($0).base64) }
        if file == Sequencer.checkpointName, let bytes { claim(bytes, in: &previous) }
      }
    }
    if let kept = try Anchor(path: home.anchor).read() {
      previous["anchorHash"] = .string(TreeHash.sha256(kept).base64)
      if previous["origin"] == nil { claim(kept, in: &previous) }
    }
    return ["v": 1, "type": "ledger.forked", "t": .string(now.description), "previous": .object(previous)]
  }

  /// What the old ledger's checkpoint claims, as a claim: no signature was checked.
  private static func claim(_ note: [UInt8], in previous: inout [String: JSONValue]) {
    guard let signed = try? SignedNote(note), let checkpoint = try? Checkpoint(signed.text) else { return }
    previous["origin"] = .string(checkpoint.origin)
    previous["size"] = .integer(min(checkpoint.size, 1 << 53 - 1))
    previous["root"] = .string(checkpoint.root.base64)
  }

  /// - Returns: whether something was there.
  private static func move(_ old: String, to new: String) throws(LedgerError) -> Bool {
    if rename(old, new) == 0 { return true }
    guard errno == ENOENT else { throw .system("move", old, errno: errno) }
    return false
  }

  private static func append(_ entry: JSONValue, to log: TransparencyLog) throws(LedgerError) {
    let outcome = FirstAppend()
    log.append([entry]) { outcome.store($0) }
    // Closing waits for the append.
    try log.close()
    _ = try outcome.result.get()
  }
}
