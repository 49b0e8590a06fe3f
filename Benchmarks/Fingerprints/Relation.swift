/// What a file of others has in common with one that is indexed, letter by letter: a measure that knows no fingerprints.
///
/// Ten lines in a row that are not blank, of 80 letters and digits or more, and that are the same but for white space, signs
/// and letter case, are what has to be found of an indexed file. A file that has such lines has a copy of them.
struct Relation {
  static let lines = 10
  static let letters = 80

  private let passages: Set<UInt64>

  init(_ own: [SourceFiles.File]) {
    passages = own.reduce(into: Set<UInt64>()) { all, file in Self.forEachPassage(of: file) { all.insert($0) } }
  }

  /// Whether ten of its lines stand in a file that is indexed.
  func isCopied(_ file: SourceFiles.File) -> Bool {
    var isCopied = false
    Self.forEachPassage(of: file) { isCopied = isCopied || passages.contains($0) }
    return isCopied
  }

  private static func forEachPassage(of file: SourceFiles.File, _ body: (UInt64) -> Void) {
    let hashes = file.lines.map { line in
      line.reduce(into: (hash: 0xcbf2_9ce4_8422_2325 as UInt64, letters: 0)) { line, byte in
        guard let letter = folded(byte) else { return }
        line.hash = (line.hash ^ UInt64(letter)) &* 0x0000_0100_0000_01b3
        line.letters += 1
      }
    }
    guard hashes.count >= lines else { return }
    for start in 0...(hashes.count - lines) {
      let passage = hashes[start..<start + lines]
      guard passage.reduce(0, { $0 + $1.letters }) >= letters else { continue }
      body(passage.reduce(0) { ($0 ^ $1.hash ^ $0 >> 29) &* 0x9e37_79b9_7f4a_7c15 })
    }
  }

  /// A letter as it counts; `nil` for what does not.
  static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte | 0x20
    case 0x30...0x39, 0x61...0x7a, 0x80...: byte
    default: nil
    }
  }
}
