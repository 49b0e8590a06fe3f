/// Reads a ledger as somebody who trusts nothing in it but the key, and proves single entries from it.
///
/// Nothing is written. A ledger that a run is writing at the same time can be audited.
package struct LedgerAudit {
  let directory: LedgerDirectory
  let key: VerifierKey
  let anchor: Anchor?
  let keySource: KeySource

  /// - Parameters:
  ///   - key: the pinned key; `nil` to believe the ledger's own `key.pub`, which proves only that the ledger agrees
  ///     with itself.
  ///   - anchor: the file outside the ledger with the last published checkpoint.
  ///   - keySource: whether the reader brought `key`.
  package init(directory: String, key: VerifierKey?, anchor: String?, keySource: KeySource? = nil)
    throws(LedgerError)
  {
    self.directory = try LedgerDirectory(directory, create: false)
    self.keySource = keySource ?? (key == nil ? .found : .pinned)
    self.anchor = anchor.map { Anchor(path: $0) }
    if let key {
      self.key = key
    } else {
      self.key = try Self.ownKey(self.directory)
    }
  }

  private static func ownKey(_ directory: LedgerDirectory) throws(LedgerError) -> VerifierKey {
    guard let bytes = try directory.contents(of: Sequencer.keyName, limit: LedgerLimits.keyFileBytes) else {
      throw LedgerError(
        .notFound, place: "\(directory.path)/\(Sequencer.keyName)", "the ledger's public key is missing",
        remedy: "name the key that you pinned with --key")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return try VerifierKey(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  /// The key that everything is checked with.
  package var verifierKey: VerifierKey { key }

  /// The published checkpoint, which is not older than the anchor's.
  ///
  /// - Throws: `.truncated`, `.doesNotVerify`, `.keyMismatch` or `.rolledBack`.
  package func checkpoint() throws(LedgerError) -> Verified<Checkpoint> {
    let snapshot = try LedgerSnapshot(directory, anchor: anchor)
    guard let note = snapshot.checkpoint else {
      throw LedgerError(
        .truncated, place: Sequencer.checkpointName, "the file is missing", remedy: LedgerRemedy.verify)
    }
    let verified = try evidence(note, place: Sequencer.checkpointName)
    guard let anchor, let kept = snapshot.anchor else { return verified }
    let tiles = TileStore(directory: directory)
    if let problem = try anchor.problem(note: kept, verified.value, key: key, tiles) { throw problem.error }
    return verified
  }

  /// A checkpoint of this log.
  ///
  /// - Throws: `.doesNotVerify` or `.keyMismatch`: whatever is wrong with it is wrong with the evidence.
  private func evidence(_ note: [UInt8], place: String) throws(LedgerError) -> Verified<Checkpoint> {
    do throws(LedgerError) {
      return try Verified(note, with: key)
    } catch {
      let isForeign = error.code == .untrusted && error.sentence.hasPrefix("no signature")
      throw LedgerError(
        isForeign ? .keyMismatch : .doesNotVerify, place: place, error.sentence, remedy: LedgerRemedy.verify)
    }
  }

  /// The proof file for one entry, with the entry's bytes; it was verified before it is returned.
  package func prove(_ index: Int) throws(LedgerError) -> (proof: TlogProof, entry: [UInt8]) {
    let verified = try checkpoint()
    let tiles = TileStore(directory: directory)
    let entry = try tiles.entry(index, size: verified.value.size)
    var tree = tiles.tree(size: verified.value.size)
    let inclusion = try InclusionProof(index: index, size: verified.value.size, from: &tree)
    let proof = TlogProof(inclusion: inclusion, checkpoint: verified.note)
    do throws(LedgerError) {
      _ = try proof.verify(entry: entry, with: key)
    } catch {
      throw LedgerError(
        .doesNotVerify, place: "entry \(index)", "the stored tiles do not prove it", remedy: LedgerRemedy.verify)
    }
    return (proof, entry)
  }

  /// The proof that the log of `old` entries is the beginning of the log of `new` entries.
  ///
  /// - Parameter new: at most the published checkpoint's size, which is taken where it is `nil`.
  package func consistency(from old: Int, to new: Int? = nil) throws(LedgerError) -> ConsistencyProof {
    let size = try checkpoint().value.size
    guard (0...size).contains(new ?? size) else {
      throw LedgerError(.notFound, place: "consistency", "the log has \(size) entries, not \(new ?? size)")
    }
    var tree = TileStore(directory: directory).tree(size: size)
    return try ConsistencyProof(from: old, to: new ?? size, in: &tree)
  }

  /// The root of the log's first `size` entries, from its tiles.
  package func root(size: Int) throws(LedgerError) -> TreeHash {
    let whole = try checkpoint().value.size
    guard (0...whole).contains(size) else {
      throw LedgerError(.notFound, place: "root", "the log has \(whole) entries, not \(size)")
    }
    if size == 0 { return Merkle.emptyRoot }
    var tree = TileStore(directory: directory).tree(size: whole)
    return try tree.root(of: 0..<size)
  }

  /// That this ledger goes on from an earlier checkpoint of it.
  ///
  /// - Parameters:
  ///   - note: the earlier checkpoint, signed by the same key.
  ///   - place: what to call it in errors.
  /// - Throws: `.rolledBack` where the ledger is the shorter one, `.doesNotVerify` where it is no continuation.
  package func continuation(of note: [UInt8], place: String) throws(LedgerError) -> Continuation {
    do throws(LedgerError) {
      _ = try Checkpoint(SignedNote(note).text)
    } catch {
      throw LedgerError(
        .malformed, place: place, "it holds no checkpoint: \(error.sentence)",
        remedy: "name a file that holds one, such as the checkpoint in the ledger's directory was then")
    }
    let old = try evidence(note, place: place)
    let new = try checkpoint()
    guard old.value.size <= new.value.size else {
      throw LedgerError(
        .rolledBack, place: place,
        "the ledger has \(new.value.size) entries and once had \(old.value.size): it was rolled back",
        remedy: LedgerRemedy.fork)
    }
    var tree = TileStore(directory: directory).tree(size: new.value.size)
    let proof = try ConsistencyProof(from: old.value.size, to: new.value.size, in: &tree)
    guard proof.proves(oldRoot: old.value.root, newRoot: new.value.root) else {
      throw LedgerError(
        .doesNotVerify, place: place,
        "the ledger's first \(old.value.size) entries are not those of this checkpoint: another history was signed",
        remedy: LedgerRemedy.verify)
    }
    return Continuation(proof: proof, checkpoint: new.note)
  }

  /// The entries that match, each of them held against the signed root before it is returned.
  ///
  /// In a ledger that runs write, the index says which they are; in a copy, into which nothing is written, and where
  /// the index cannot be used, all entries are read.
  package func show(_ query: LedgerQuery) throws(LedgerError) -> [LedgerEntry] {
    let signed = try checkpoint().value
    var tiles = try CheckedTiles(TileStore(directory: directory), signed)
    guard !LedgerSnapshot.isCopy(directory) else { return try LedgerScan.entries(matching: query, in: &tiles) }
    let index: LedgerIndex
    do throws(LedgerError) {
      index = try LedgerIndex(directory: directory.path)
    } catch  where error.code == .index {
      return try LedgerScan.entries(matching: query, in: &tiles)
    }
    return try index.entries(matching: query, in: &tiles)
  }
}
