/// What characters that change the direction of writing do to the text after them.
///
/// - Source: Unicode Standard Annex 9; N. Boucher and R. Anderson, "Trojan Source", 2021 (CVE-2021-42574).
enum TextDirection {
  /// An override turns letters of ASCII round; those of scripts from right to left stand as they would.
  ///
  /// - Parameter text: from U+202E to the end of its line, or as far as it is looked at.
  static func reversed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let scalars = line(text) else { return .refuted }
    let turned = scalars.dropFirst().prefix { $0 != Control.pop }
    return Validator.Verdict(isOfASCII(turned))
  }

  /// Whether a line ends before a change of direction does, so that what stands there is shown elsewhere.
  ///
  /// - Parameter text: from an embedding or an isolate to the end of its line.
  static func unclosed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let scalars = line(text), let first = open(scalars), isOfASCII(scalars[first...]) else { return .refuted }
    return Control.toTheLeft.contains(scalars[first]) ? .confirmed : .doubtful
  }

  /// - Returns: `nil` for what is no text: compressed data has every three bytes somewhere. The last character may be cut.
  private static func line(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
    var scalars = HiddenCharacters.scalars(text)
    if scalars.last == replacement { scalars.removeLast() }
    let isText = scalars.allSatisfy { $0 != replacement && ($0 >= 0x20 || $0 == 0x09 || $0 == 0x1b) && $0 != 0x7f }
    return isText ? scalars : nil
  }

  private static let replacement: UInt32 = 0xfffd

  private enum Control {
    static let pop: UInt32 = 0x202c
    static let popIsolate: UInt32 = 0x2069
    static let embeddings: Set<UInt32> = [0x202a, 0x202b, 0x202d, 0x202e]
    static let isolates: Set<UInt32> = [0x2066, 0x2067, 0x2068]
    static let toTheLeft: Set<UInt32> = [0x202b, 0x202e, 0x2067]
  }

  /// The first control that nothing closes. The end of an isolate also ends what was begun in it (UAX 9, X6a).
  private static func open(_ scalars: [UInt32]) -> Int? {
    var open: [Int] = []
    for (index, scalar) in scalars.enumerated() {
      if Control.embeddings.contains(scalar) || Control.isolates.contains(scalar) {
        guard open.count < deepest else { continue }
        open.append(index)
      } else if scalar == Control.pop {
        if let last = open.last, Control.embeddings.contains(scalars[last]) { open.removeLast() }
      } else if scalar == Control.popIsolate,
        let last = open.lastIndex(where: { Control.isolates.contains(scalars[$0]) })
      {
        open.removeSubrange(last...)
      }
    }
    return open.first
  }

  /// UAX 9, BD2.
  private static let deepest = 125
  /// Letters that make a text one of ASCII.
  private static let fewestLetters = 3

  private static func isOfASCII(_ scalars: some Sequence<UInt32>) -> Bool {
    var letters = 0
    for scalar in scalars {
      if isFromRightToLeft(scalar) { return false }
      if (0x41...0x5a).contains(scalar & ~0x20) { letters += 1 }
    }
    return letters >= fewestLetters
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko and those after them, and their forms of presentation.
  private static func isFromRightToLeft(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfefc, 0x10800...0x10fff, 0x1e800...0x1efff: true
    default: false
    }
  }
}
