extension Anchor {
  /// What the anchor's checkpoint has against a ledger whose last signed one is `signed`.
  func problem(note: [UInt8], _ signed: Checkpoint, key: VerifierKey, _ tiles: TileStore) throws(LedgerError)
    -> LedgerProblem?
  {
    let kept: Checkpoint
    do throws(LedgerError) {
      kept = try Verified(note, with: key).value
    } catch  where error.code == .untrusted {
      return LedgerProblem(
        .keySwapped, file: path,
        "the checkpoint kept outside the ledger is not signed by \(key.name): the ledger or its key was exchanged")
    } catch {
      return LedgerProblem(.edited, file: path, "the checkpoint kept outside the ledger is damaged: \(error.sentence)")
    }
    if kept.size > signed.size {
      return LedgerProblem(
        .rolledBack, file: path, "the ledger was rolled back from size \(kept.size) to \(signed.size)")
    }
    let root = try kept.size == 0 ? Merkle.emptyRoot : rootOfBeginning(kept.size, signed, tiles)
    guard root == kept.root else {
      return LedgerProblem(
        .edited, file: path,
        "the ledger's first \(kept.size) entries are not those of the checkpoint kept outside the ledger")
    }
    return nil
  }

  private func rootOfBeginning(_ size: Int, _ signed: Checkpoint, _ tiles: TileStore) throws(LedgerError) -> TreeHash {
    var tree = tiles.tree(size: signed.size)
    return try tree.root(of: 0..<size)
  }
}
