extension TreeAudit {
  /// The first thing wrong with the tree, given the root that was signed for it.
  ///
  /// - Parameter firstDifferenceFromJournal: an entry of the tree that the journal has otherwise.
  func problem(signed checkpoint: Checkpoint, journalDifferences: [Int] = []) -> LedgerProblem? {
    let isComplete = frontier.size == checkpoint.size
    if isComplete, frontier.root == checkpoint.root { return tileProblem }
    // The entries are not what was signed; where the tiles still know better, they say which ones.
    let leaves = differences.filter { $0.tile.level == 0 && $0.tile.kind != .entries }
    if isComplete, let first = leaves.first {
      return reordered(leaves) ?? edited(first.index)
    }
    if let damage { return damage }
    if let first = journalDifferences.first { return edited(first) }
    if let first = differences.first {
      return LedgerProblem(
        .edited, file: first.tile.path, index: nil,
        "the tile was edited: its hash \(first.index) is not the root of what lies beneath")
    }
    return LedgerProblem(
      .edited, file: "tile/entries",
      "entries were changed and their tiles computed anew: they add up to the root \(frontier.root), "
        + "but the checkpoint signed \(checkpoint.root)")
  }

  /// The entries add up to the signed root, so whatever differs is a tile's fault.
  private var tileProblem: LedgerProblem? {
    if let first = differences.first {
      let what = first.tile.level == 0 ? "entry \(first.index)" : "subtree \(first.index) of level \(first.tile.level)"
      return LedgerProblem(
        .edited, file: first.tile.path, index: first.tile.level == 0 ? first.index : nil,
        "the tile was edited: its hash for \(what) is not the computed one")
    }
    return damage
  }

  private func edited(_ index: Int) -> LedgerProblem {
    LedgerProblem(.edited, file: bundlePath(index), index: index, "entry \(index) was edited")
  }

  private func reordered(_ leaves: [Difference]) -> LedgerProblem? {
    guard let first = leaves.first, leaves.count > 1 else { return nil }
    var stored: [TreeHash: Int] = [:]
    for leaf in leaves {
      stored[leaf.stored, default: 0] += 1
      stored[leaf.computed, default: 0] -= 1
    }
    guard stored.values.allSatisfy({ $0 == 0 }) else { return nil }
    let others = leaves.count == 2 ? "entry \(leaves[1].index)" : "\(leaves.count - 1) others"
    return LedgerProblem(
      .reordered, file: bundlePath(first.index), index: first.index,
      "entries were reordered: entry \(first.index) changed places with \(others)")
  }

  private func bundlePath(_ index: Int) -> String {
    Tile(.entries, index: index / Tile.fullWidth, width: max(1, bundleWidth(index / Tile.fullWidth))).path
  }

  private func bundleWidth(_ bundle: Int) -> Int {
    min(Tile.fullWidth, frontier.size - bundle * Tile.fullWidth)
  }
}
