/// What may stop the program, or turns the compiler's checks off, carries its proof: a comment on its line or the one
/// before.
enum TrapCheck {
  static func violations(in path: String, _ text: SwiftText) -> [Violation] {
    text.lines.enumerated().compactMap { number, line in
      guard let trap = trap(in: line), !text.commentedLines.contains(number),
        !text.commentedLines.contains(number - 1)
      else { return nil }
      return Violation(
        rule: "trap-without-proof", path: path, line: number + 1,
        sentence: "\(trap) without a comment that proves it cannot happen, or is safe")
    }
  }

  private static let words: [String] = [
    "try!", "as!", "fatalError(", "preconditionFailure(", "@unchecked", "nonisolated(unsafe)", "unsafeBitCast(",
  ]

  private static func trap(in line: Substring) -> String? {
    if let word = words.first(where: { line.holds($0) }) {
      return word.hasSuffix("(") ? String(word.dropLast()) : word
    }
    guard line.holds("!") else { return nil }
    let bytes = Array(line.utf8)
    for (position, byte) in bytes.enumerated() where byte == UInt8(ascii: "!") && position > 0 {
      let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: " ")
      if endsExpression(bytes[position - 1]), next != UInt8(ascii: "=") { return "!" }
    }
    return nil
  }

  private static func endsExpression(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "?"), 0x80...:
      true
    default: false
    }
  }
}
