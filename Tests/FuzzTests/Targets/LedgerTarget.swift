@testable internal import Ledger

/// What lies on the disk, or is handed to an auditor; the first byte chooses.
enum LedgerTarget {
  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    switch choice % 8 {
    case 0: try checkNote(bytes)
    case 1: try checkProof(bytes)
    case 2: try checkJournal(bytes)
    case 3: try checkJournal(patched(bytes))
    case 4: try checkState(bytes)
    case 5: try checkBundle(bytes)
    case 6: try checkPath(bytes)
    default: try checkHashes(bytes)
    }
  }

  private static func checkNote(_ bytes: [UInt8]) throws {
    if let text = String(validating: bytes, as: UTF8.self), let key = try? VerifierKey(text) {
      try demand(Array(key.text.utf8) == bytes, "a key has two forms")
    }
    guard let note = try? SignedNote(bytes) else { return }
    try demand(note.bytes == bytes, "a note has two forms")
    if let checkpoint = try? Checkpoint(note.text) {
      try demand(Array(checkpoint.text.utf8) == Array(note.text.utf8), "a checkpoint has two forms")
    }
    try demand((try? note.verify(with: key)) == nil, "a signature that nobody made")
  }

  private static let key = LedgerKey.random().verifier

  private static func checkProof(_ bytes: [UInt8]) throws {
    guard let proof = try? TlogProof(bytes) else { return }
    try demand(proof.bytes == bytes, "a proof has two forms")
    try demand((try? proof.verify(entry: bytes, with: key)) == nil, "a proof that nobody made")
    for size in [0, 1, 2, 255, 256, 1 << 40, Int.max] {
      let root = proof.inclusion.hashes.last ?? Merkle.emptyRoot
      let holds = proof.inclusion.proves(.leaf(bytes), size: size, root: root)
      try demand(!holds, "a leaf under the hash beside it")
      let range = ConsistencyProof(oldSize: proof.inclusion.index, newSize: size, hashes: proof.inclusion.hashes)
      let other = TreeHash.leaf(bytes)
      try demand(
        !range.proves(oldRoot: other, newRoot: root) || size == proof.inclusion.index, "another tree's beginning")
    }
  }

  private static let seed = JournalRecord.seed(origin: "example.test/log", base: 5)

  /// A journal of ours with bytes of the input in it, as header checks cannot be guessed: pairs of place and value.
  private static func patched(_ bytes: [UInt8]) -> [UInt8] {
    var (journal, digest, index): ([UInt8], TreeHash, Int) = ([], seed, 5)
    for group in [["a"], ["b", ""], ["cc", "dd", "eee"]] {
      let record = JournalRecord.encode(group.map { Array($0.utf8) }, firstIndex: index, after: digest)
      journal += record.bytes
      digest = record.digest
      index += group.count
    }
    for place in stride(from: 0, to: bytes.count - 1, by: 2) {
      journal[Int(bytes[place]) % journal.count] = bytes[place + 1]
    }
    return journal + bytes.suffix(bytes.count % 7)
  }

  private static func checkJournal(_ bytes: [UInt8]) throws {
    let scan = JournalScan(bytes, after: seed, nextIndex: 5)
    try demand(scan.end <= bytes.count && (scan.tail == .clean) == (scan.end == bytes.count), "an end outside")
    try demand(scan.entries.reduce(0) { $0 + $1.count + 2 } <= scan.end, "entries larger than their journal")
    let again = JournalScan(Array(bytes[..<scan.end]), after: seed, nextIndex: 5)
    try demand(again.tail == .clean && again.entries == scan.entries, "the good records are not good alone")
    let cut = JournalScan(Array(bytes.dropLast()), after: seed, nextIndex: 5)
    try demand(scan.entries.starts(with: cut.entries), "an unfinished journal says something else")
  }

  private static func checkState(_ bytes: [UInt8]) throws {
    let size = 2 * LedgerLimits.stateSlotBytes
    try demand(StateRecord.Pair(bytes) == nil || bytes.count == size, "a state of another size")
    let note = Array(bytes.prefix(600))
    let one = StateRecord(sequence: 1, journalBase: 0, note: note)
    let two = StateRecord(sequence: 2, journalBase: note.count, note: note)
    var file = two.slot + one.slot
    try demand(StateRecord.Pair(file).map { $0.newest == two && $0.previous == one && !$0.isDamaged } == true, "unread")
    for place in stride(from: 0, to: bytes.count - 1, by: 2) {
      file[(Int(bytes[place]) << 4 | Int(bytes[place + 1]) & 15) % file.count] ^= bytes[place + 1] | 1
    }
    guard bytes.count > 1, let pair = StateRecord.Pair(file) else { return }
    try demand([one, two].contains(pair.newest), "a state that nobody wrote")
    try demand(pair.isDamaged || (pair.newest == two && pair.previous == one), "damage is not seen")
  }

  private static func checkBundle(_ bytes: [UInt8]) throws {
    let (ranges, isWhole) = EntryBundle.readableRanges(in: bytes)
    try demand((EntryBundle.ranges(in: bytes) != nil) == isWhole, "whole and not whole")
    var again: [UInt8] = []
    for range in ranges { EntryBundle.append(bytes[range], to: &again) }
    try demand(isWhole ? again == bytes : bytes.starts(with: again), "a bundle has two forms")
  }

  private static func checkPath(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    if let tile = Tile(path: text) { try demand(Array(tile.path.utf8) == bytes, "a tile has two paths") }
    if let decoded = Base64.decode(text) { try demand(Array(Base64.encode(decoded).utf8) == bytes, "two forms") }
    try demand(Base64.decode(Base64.encode(bytes)) == bytes, "base64 that we write is read as something else")
    try demand(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes, "digits that we write are read otherwise")
    if let number = Decimal.parse(text) { try demand(Array(String(number).utf8) == bytes, "a number has two forms") }
  }

  /// Proofs made of a real tree hold, and do not once anything in them is changed.
  private static func checkHashes(_ bytes: [UInt8]) throws {
    let leaves = bytes.prefix(80).map { TreeHash.leaf([$0]) }
    guard leaves.count > 2 else { return }
    var tree = LeafTree(leaves: leaves)
    let index = Int(bytes[0]) % leaves.count
    let proof = try InclusionProof(index: index, size: leaves.count, from: &tree)
    let root = try tree.root(of: 0..<leaves.count)
    try demand(proof.proves(leaves[index], size: leaves.count, root: root), "a true proof does not hold")
    try demand(!proof.proves(.leaf([]), size: leaves.count, root: root), "a proof holds for another leaf")
    let old = 1 + Int(bytes[1]) % leaves.count
    let growth = try ConsistencyProof(from: old, to: leaves.count, in: &tree)
    try demand(growth.proves(oldRoot: try tree.root(of: 0..<old), newRoot: root), "a true proof does not hold")
    try demand(!growth.proves(oldRoot: .leaf([]), newRoot: root), "a proof holds for another tree")
  }

  private struct LeafTree: SubtreeRoots {
    let leaves: [TreeHash]

    mutating func root(of range: Range<Int>) throws(LedgerError) -> TreeHash {
      guard range.count > 1 else { return range.isEmpty ? Merkle.emptyRoot : leaves[range.lowerBound] }
      let middle = range.lowerBound + Merkle.split(range.count)
      return .node(try root(of: range.lowerBound..<middle), try root(of: middle..<range.upperBound))
    }
  }
}
