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
  /// leaves a home that refuses runs; and by a ``ForkIntent`` the next try commits to the same as this one.
  ///
  /// - Throws: `.notFound` where nothing was ever recorded, `.sound` where runs can go on from what there is; then nothing
  ///   was changed.
  package static func setAside(_ home: LedgerHome, clock: WallClock = .system) throws(LedgerError) -> Outcome {
    try check(home)
    let files = try LedgerDirectory(home.keys, create: true, isLedger: false)
    let lock = try LedgerHome.lock(files)
    defer { lock?.unlock() }
    // Somebody else may have done it just now.
    try check(home)
    let now = clock.now()
    let suffix = ".broken-" + now.description.filter { $0 != ":" }
    let intent: ForkIntent
    if let earlier = try unfinished(home, files) {
      intent = earlier
    } else {
      intent = ForkIntent(suffix: suffix, entry: try firstEntry(home, suffix, now))
    }
    try intent.write(in: files)
    if intent.hadLedger, !LedgerHome.exists(home.directory + intent.suffix) {
      try move(home.directory, to: home.directory + intent.suffix)
    }
    let anchor = Anchor(path: home.anchor)
    if intent.hadAnchor, !LedgerHome.exists(home.anchor + intent.suffix) {
      try anchor.setAside(suffix: intent.suffix)
    }
    // What an earlier try began.
    try move(home.directory, to: home.directory + suffix)
    try anchor.setAside(suffix: suffix)
    // A draft of a beginning that died may have signed what was just set aside.
    try files.remove(LedgerHome.draftName)
    let key = try LedgerKey.loadOrCreate(LedgerHome.draftName, in: files)
    let log = try TransparencyLog.open(at: home.directory, key: key, anchor: home.anchor, durability: .disk)
    try append(intent.entry, to: log)
    let oldKey = LedgerKey.fileName + intent.suffix
    if files.exists(LedgerKey.fileName), !files.exists(oldKey) { try files.link(LedgerKey.fileName, as: oldKey) }
    // Whoever dies from here on commits to the new ledger, and through it to the old one.
    try files.remove(ForkIntent.fileName)
    try files.rename(LedgerHome.draftName, to: LedgerKey.fileName, .disk)
    return Outcome(
      brokenDirectory: intent.hadLedger ? home.directory + intent.suffix : nil, key: key, firstEntry: intent.entry)
  }

  /// Whether there is anything to set aside; nothing is changed.
  ///
  /// - Throws: as ``setAside(_:clock:)``.
  package static func check(_ home: LedgerHome) throws(LedgerError) {
    guard try home.condition() != .unused else {
      throw LedgerError(.notFound, place: home.directory, "there is no ledger that could be set aside")
    }
    guard !home.isSound else {
      throw LedgerError(
        .sound, place: home.directory, "the ledger is whole and verifies, so there is nothing to accept",
        remedy: "nothing was changed")
    }
  }

  /// What an earlier try was about, as long as no other ledger has come into the old one's place.
  private static func unfinished(_ home: LedgerHome, _ files: LedgerDirectory) throws(LedgerError) -> ForkIntent? {
    guard let intent = try ForkIntent(in: files) else { return nil }
    guard LedgerHome.exists(home.directory) else { return intent }
    let ledger = try LedgerDirectory(home.directory, create: false)
    if try Sequencer.isUntouched(ledger) { return intent }
    let key = try ledger.contents(of: Sequencer.keyName, limit: LedgerLimits.keyFileBytes)
    let draft = try LedgerKey.load(LedgerHome.draftName, from: files)
    return key != nil && key == draft.map { Array("\($0.verifier)\n".utf8) } ? intent : nil
  }

  static func firstEntry(_ home: LedgerHome, _ suffix: String, _ now: Timestamp) throws(LedgerError) -> JSONValue {
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

  /// What is not there stays away.
  private static func move(_ old: String, to new: String) throws(LedgerError) {
    guard rename(old, new) != 0, errno != ENOENT else { return }
    throw .system("move", old, errno: errno)
  }

  private static func append(_ entry: JSONValue, to log: TransparencyLog) throws(LedgerError) {
    let outcome = FirstAppend()
    log.append([entry]) { outcome.store($0) }
    // Closing waits for the append.
    try log.close()
    _ = try outcome.result.get()
  }
}
