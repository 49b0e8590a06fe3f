/// Reads a text as it grows and tells how many JSON strings, one within the other, its end is in: so many times over
/// what is put there must be escaped.
///
/// A text that begins with `{` or `[` and goes on as JSON does is taken for JSON, and so is the text of a string in it:
/// a tool's arguments are one, and a file of JSON among them is another. What is not JSON is in no string.
struct StringNesting {
  private enum Level {
    /// Nothing but white space so far.
    case begun
    /// Not in a string.
    case structure(open: Int)
    case string(open: Int, Escape)
    case plain
  }

  private enum Escape {
    case none
    case begun
    case hexadecimal(left: Int)
  }

  private var levels: [Level] = [.begun]

  /// Nobody's text is JSON in JSON in JSON in JSON.
  private static let maximumDepth = 4

  /// Strings that the end is in.
  var depth: Int {
    var depth = 0
    for case .string in levels { depth += 1 }
    return depth
  }

  /// Whether the end is in JSON and in no string of it: what is put there is a value, or nothing.
  var isBare: Bool {
    if case .structure? = levels.last { true } else { false }
  }

  /// Whether an escape has begun and not ended.
  var isInEscape: Bool {
    levels.contains { level in
      switch level {
      case .string(_, .begun), .string(_, .hexadecimal): true
      default: false
      }
    }
  }

  mutating func read(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { read(byte, at: 0) }
  }

  private mutating func read(_ byte: UInt8, at index: Int) {
    switch levels[index] {
    case .plain: break
    case .begun:
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        levels[index] = .structure(open: 1)
      } else if !ByteSet.space.contains(byte) {
        levels[index] = .plain
      }
    case .structure(let open): readStructure(byte, open, at: index)
    case .string(let open, let escape): readString(byte, open, escape, at: index)
    }
  }

  private mutating func readStructure(_ byte: UInt8, _ open: Int, at index: Int) {
    switch byte {
    case UInt8(ascii: "\""):
      levels[index] = .string(open: open, .none)
      if levels.count < Self.maximumDepth { levels.append(.begun) }
    case UInt8(ascii: "{"), UInt8(ascii: "["): levels[index] = .structure(open: open + 1)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): levels[index] = open > 1 ? .structure(open: open - 1) : .begun
    case _ where Self.betweenStrings.contains(byte): break
    default: levels[index] = .plain
    }
  }

  private mutating func readString(_ byte: UInt8, _ open: Int, _ escape: Escape, at index: Int) {
    var inner: UInt8? = byte
    var next = Escape.none
    switch escape {
    case .begun:
      inner = JSONText.simple(byte)
      if inner == nil { next = .hexadecimal(left: 4) }
    case .hexadecimal(let left):
      // A letter, whichever it is.
      inner = left == 1 ? UInt8(ascii: "u") : nil
      if left > 1 { next = .hexadecimal(left: left - 1) }
    case .none:
      if byte == UInt8(ascii: "\"") {
        levels[index] = .structure(open: open)
        return levels.removeSubrange((index + 1)...)
      }
      if byte == UInt8(ascii: "\\") { (inner, next) = (nil, .begun) }
    }
    levels[index] = .string(open: open, next)
    if let inner, index + 1 < levels.count { read(inner, at: index + 1) }
  }

  /// Numbers, `true`, `false`, `null`, and what separates.
  private static let betweenStrings = ByteSet(":,-+.0123456789eE truefalsn\n\r\t".utf8)
}
