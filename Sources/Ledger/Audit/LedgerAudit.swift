/// Reads a ledger as somebody who trusts nothing in it but the key, and proves single entries from it.
///
/// Nothing is written. A ledger that a run is writing at the same time can be audited.
package struct LedgerAudit {
  let directory: LedgerDirectory
  let key: VerifierKey
  let anchor: Anchor?

  /// - Parameters:
  ///   - key: the pinned key; `nil` to believe the ledger's own `key.pub`, which proves only that the ledger agrees
  ///     with itself.
  ///   - anchor: the file outside the ledger with the last published checkpoint.
  package init(directory: String, key: VerifierKey?, anchor: String?) throws(LedgerError) {
    self.directory = try LedgerDirectory(directory, create: false)
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
        remedy: "name the key that you pinned")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return try VerifierKey(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  /// The key that everything is checked with.
  package var verifierKey: VerifierKey { key }

  /// The published checkpoint.
  package func checkpoint() throws(LedgerError) -> Verified<Checkpoint> {
    guard let note = try directory.contents(of: Sequencer.checkpointName, limit: LedgerLimits.noteBytes) else {
      throw LedgerError(
        .truncated, place: Sequencer.checkpointName, "the file is missing", remedy: LedgerRemedy.verify)
    }
    return try Verified(note, with: key)
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

  /// The entries that match, found through the index and read from the ledger itself.
  package func show(_ query: LedgerQuery) throws(LedgerError) -> [LedgerEntry] {
    let index = try LedgerIndex(directory: directory.path, key: key)
    return try index.entries(matching: query)
  }
}
