internal import Decoding
internal import Evidence

@testable internal import Fingerprints

/// Indexes as they lie on the disk, and texts; the first byte chooses.
enum FingerprintTarget {
  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    switch choice % 3 {
    case 0: try checkIndex(bytes)
    case 1: try checkIndex(try patched(bytes))
    default: try checkText(bytes)
    }
  }

  private static let key = FingerprintKey(Secret([UInt8](repeating: 9, count: 32)))

  /// An index whose seal somebody made: whatever it says, nothing outside of it is read.
  private static func checkIndex(_ bytes: [UInt8]) throws {
    guard let index = FingerprintIndex.unsealed(bytes) else { return }
    for kind in GramKind.allCases {
      let table = index.table(kind)
      var count = 0
      table.forEach { entry in
        count += 1
        var isThere = false
        if count < 64 { isThere = table.entries(of: entry.hash).contains { table.spot($0).file == entry.file } }
        _ = isThere
      }
      try demand(count == table.count, "a table does not give all that it says it has")
    }
    let set = FingerprintSet([index], key: key)
    let scanner = OwnCodeScanner(set)
    let tree = DecodingTree(.none, limits: .standard, observer: scanner)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    for finding in scanner.findings(in: .body) {
      try demand(finding.span.end <= text.count, "a finding behind the end")
    }
  }

  private static let text = Array(
    repeatElement("func total(of prices: [Int]) -> Int { return prices.reduce(0, +) } // \"sum\"\n", count: 20).joined()
      .utf8)

  /// An index of ours with bytes of the input in it: pairs of two bytes of place and one of value.
  private static func patched(_ bytes: [UInt8]) throws -> [UInt8] {
    let root = IndexedRoot(path: "/a", name: "a", indexed: Timestamp(millisecondsSinceEpoch: 0))
    let files = (0..<3).map { IndexedFile(path: $0, stamp: $0, bytes: 10, lines: 1) }
    let entries = GramKind.allCases.map { kind in
      (0..<40).map { FingerprintEntry(UInt32($0) &* 6_700_417, in: UInt32($0) % 3) }.settled()
    }
    var index = try FingerprintIndex.bytes(of: root, files, entries, key: key)
    for place in stride(from: 0, to: bytes.count - 2, by: 3) {
      index[(Int(bytes[place]) << 8 | Int(bytes[place + 1])) % index.count] = bytes[place + 2]
    }
    return index
  }

  /// In whatever pieces a text comes, its fingerprints are the same.
  private static func checkText(_ bytes: [UInt8]) throws {
    let whole = grams(bytes, by: bytes.count)
    try demand(grams(bytes, by: 1) == whole && grams(bytes, by: 5) == whole, "fingerprints depend on the pieces")
    bytes.withUnsafeBytes { text in
      let fingerprints = FileFingerprints(text, key, GramBlock())
      _ = fingerprints.lines
    }
  }

  private static func grams(_ bytes: [UInt8], by size: Int) -> [[UInt32]] {
    var found: [[UInt32]] = [[], []]
    var grams = TextGrams()
    let block = GramBlock()
    func take(_ kind: GramKind, _ block: GramBlock) {
      for index in 0..<block.candidates { found[Int(kind.rawValue)].append(block.hashes[index]) }
    }
    bytes.withUnsafeBufferPointer { text in
      for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
        let piece = UnsafeBufferPointer(rebasing: text[start..<min(bytes.count, start + max(1, size))])
        grams.read(piece, key, block) { kind, _, block, _ in take(kind, block) }
      }
    }
    grams.finish(key, block) { kind, _, block, _ in take(kind, block) }
    return found
  }
}
