/// Which bytes of UTF-8 are letters and digits, of which values are made, and which only separate them.
///
/// Beyond ASCII all are letters, but spaces, quotes, dashes and the full stops of other scripts: U+00A0, U+2000 to U+206F,
/// U+3000 to U+303F, U+FF00 to U+FF0F and U+FF1A to U+FF20.
enum Letters {
  @inline(__always)
  static func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  /// - Returns: how many bytes the separator at a place has; 0 for a letter; `nil` where bytes to come tell.
  @inline(__always)
  static func separator(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, isLast: Bool) -> Int? {
    let byte = bytes[index]
    if byte < 0x80 { return isASCIILetter(byte) ? 0 : 1 }
    guard byte == 0xc2 || byte == 0xe2 || byte == 0xe3 || byte == 0xef else { return 0 }
    return longSeparator(bytes, at: index, isLast)
  }

  private static func longSeparator(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ isLast: Bool) -> Int? {
    let short: Int? = isLast ? 0 : nil
    guard index + 1 < bytes.count else { return short }
    let thirds: [ClosedRange<UInt8>]
    switch (bytes[index], bytes[index + 1]) {
    case (0xc2, 0xa0): return 2
    case (0xe2, 0x80), (0xe3, 0x80): thirds = [0x80...0xbf]
    case (0xe2, 0x81): thirds = [0x80...0xaf]
    case (0xef, 0xbc): thirds = [0x80...0x8f, 0x9a...0xa0]
    default: return 0
    }
    guard index + 2 < bytes.count else { return short }
    return thirds.contains { $0.contains(bytes[index + 2]) } ? 3 : 0
  }

  /// Of the letters of a word: those of alphabets as ours, or signs that nobody puts spaces between.
  enum Script {
    case alphabet, other

    /// - Parameter byte: the first of a sign. Letters of U+1000 to U+1FFF stand within words of ours (Vietnamese).
    init(_ byte: UInt8) { self = byte >= 0xe0 && byte != 0xe1 ? .other : .alphabet }
  }

  enum Step {
    case goesOn, ends, unknown
  }

  /// Whether a word has the byte at a place: it ends before separators and before another script.
  @inline(__always)
  static func step(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, isLast: Bool, _ script: inout Script?
  ) -> Step {
    guard let length = separator(bytes, at: index, isLast: isLast) else { return .unknown }
    guard length == 0 else { return .ends }
    let byte = bytes[index]
    // What goes on with a sign has its script.
    if byte & 0xc0 == 0x80, script != nil { return .goesOn }
    let own = Script(byte)
    if let script, script != own { return .ends }
    script = own
    return .goesOn
  }

  /// The letters of a whole text.
  static func of(_ text: String) -> (letters: [UInt8], words: Int) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var (letters, words, index, isWithin): ([UInt8], Int, Int, Bool) = ([], 0, 0, false)
      while index < bytes.count {
        let length = separator(bytes, at: index, isLast: true) ?? 0
        if length == 0 {
          letters.append(bytes[index])
          if !isWithin { words += 1 }
        }
        isWithin = length == 0
        index += max(1, length)
      }
      return (letters, words)
    }
  }
}
