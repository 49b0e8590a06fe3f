/// What a file of others has in common with one that is indexed, letter by letter: a measure that knows no fingerprints.
///
/// Ten lines in a row that are not blank, of 80 letters and digits or more, and that are the same but for white space, signs
/// and letter case, are what has to be found of an indexed file: where a file of others has such lines, it has a copy of
/// them. Lines of licences are none, nor is what more than eight indexed files have.
struct Relation {
  static let lines = 10
  static let letters = 80
  private static let files = 8

  /// For each passage, how many indexed files have it.
  private let passages: [UInt64: UInt8]

  init(_ own: [SourceFiles.File]) {
    passages = own.reduce(into: [:]) { all, file in
      var of: Set<UInt64> = []
      Self.forEachPassage(of: file) { hash, _ in of.insert(hash) }
      for hash in of { all[hash] = min(all[hash, default: 0], .max - 1) + 1 }
    }
  }

  /// Where those passages stand in a file.
  func copies(in file: SourceFiles.File) -> [Range<Int>] {
    var copies: [Range<Int>] = []
    Self.forEachPassage(of: file) { hash, range in
      if let files = passages[hash], files <= Self.files { copies.append(range) }
    }
    return copies
  }

  private static func forEachPassage(of file: SourceFiles.File, _ body: (UInt64, Range<Int>) -> Void) {
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
      let range = file.lines[start].startIndex..<file.lines[start + lines - 1].endIndex
      guard passage.reduce(0, { $0 + $1.letters }) >= letters,
        !isLicence(Array(file.lines[start..<start + lines]))
      else { continue }
      body(passage.reduce(0) { ($0 ^ $1.hash ^ $0 >> 29) &* 0x9e37_79b9_7f4a_7c15 }, range)
    }
  }

  private static let words = ["licen", "warrant", "copyright"].map { Array($0.utf8) }

  /// Three lines of ten that say so.
  static func isLicence(_ lines: [ArraySlice<UInt8>]) -> Bool {
    let saying = lines.count { line in
      let small = line.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
      return words.contains { word in
        small.count >= word.count
          && (0...(small.count - word.count)).contains { start in
            small[start] == word[0] && small[start..<start + word.count].elementsEqual(word)
          }
      }
    }
    return saying * 10 >= lines.count * 3
  }

  /// A letter as it counts; `nil` for what does not.
  private static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte | 0x20
    case 0x30...0x39, 0x61...0x7a, 0x80...: byte
    default: nil
    }
  }
}
