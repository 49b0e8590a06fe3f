/// Within how many letters one fingerprint is kept, line by line: ten lines in a row that have few letters are to hold as
/// many fingerprints as ten that have many.
struct LineWindows {
  /// Where each line that is not blank ends in the text.
  private var ends: [Int] = []
  private var windows: [UInt8] = []
  private var next = 0

  /// Lines that are to be found, and the fingerprints that this takes.
  private static let lines = 10
  private static let wanted = 3

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let letters = readLines(text)
    let (most, least) = (FingerprintLimits.characterWindow, FingerprintLimits.leastCharacterWindow)
    guard letters.count > Self.lines else {
      windows = Array(repeating: UInt8(Self.window(of: letters.reduce(0, +), least, most)), count: letters.count)
      return
    }
    var passage = letters.prefix(Self.lines).reduce(0, +)
    var passages = [passage]
    for index in Self.lines..<letters.count {
      passage += letters[index] - letters[index - Self.lines]
      passages.append(passage)
    }
    windows = letters.indices.map { line in
      let with = max(0, line - Self.lines + 1)...min(line, passages.count - 1)
      return UInt8(Self.window(of: passages[with].min() ?? 0, least, most))
    }
  }

  private static func window(of letters: Int, _ least: Int, _ most: Int) -> Int {
    min(max((letters - (FingerprintLimits.characters - 1)) / wanted, least), most)
  }

  /// - Returns: the letters of each line that is not blank.
  private mutating func readLines(_ text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var counts: [Int] = []
    var (letters, isBlank) = (0, true)
    func isLetter(_ byte: UInt8) -> Bool { CharacterReader.folded[Int(byte)] != 0 }
    for (index, byte) in text.enumerated() {
      if byte == CharacterReader.newline {
        if !isBlank {
          counts.append(letters)
          ends.append(index)
        }
        (letters, isBlank) = (0, true)
      } else if byte > 0x20 {
        isBlank = false
        if isLetter(byte) { letters += 1 }
      }
    }
    if !isBlank {
      counts.append(letters)
      ends.append(text.count)
    }
    return counts
  }

  /// The window where a span ends.
  ///
  /// - Parameter offset: in the text; none that is less than the one before.
  @inline(__always)
  mutating func window(at offset: Int) -> Int {
    while next < ends.count, ends[next] < offset { next += 1 }
    return next < windows.count ? Int(windows[next]) : FingerprintLimits.characterWindow
  }
}
