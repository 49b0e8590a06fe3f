#if canImport(Glibc)
  internal import Glibc
#endif

/// A text as tokens of code in no particular language, with names, numbers and strings masked. Of a name that is one of the
/// last few again it is told which: whoever changes names changes them everywhere.
///
/// Comments are left out: lines that begin with `//`, `/*`, `*`, `#` or `--`, and what follows `//` or `# ` behind a
/// blank. So are the signs of differences and quotations, and numbers, where a line begins. But for names told again,
/// every line is read anew, so that a part of a file is read as in the file. Whatever the pieces in which the text comes, the
/// tokens are the same.
struct CodeReader: Sendable {
  private enum State: UInt8 {
    case lineStart
    case lineNumber
    case blank
    case name
    case number
    case string
    case escaped
    /// Behind a sign that may begin a comment.
    case slash
    case hash
    case dash
    case sign
    case comment
  }

  private var state = State.lineStart
  private var quote: UInt8 = 0
  private var word: UInt64 = 0
  private var length = 0
  private var recent = RecentNames()

  private enum Kind {
    static let blank: UInt8 = 0
    static let letter: UInt8 = 1
    static let digit: UInt8 = 2
    static let quote: UInt8 = 3
    static let sign: UInt8 = 4
    static let newline: UInt8 = 5
  }

  private static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x0a: Kind.newline
    case 0x00...0x20, 0x7f: Kind.blank
    case 0x30...0x39: Kind.digit
    case 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: Kind.letter
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): Kind.quote
    default: Kind.sign
    }
  }

  /// Appends the tokens of a piece to the block; ``FingerprintLimits/pieceBytes`` at most.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into block: GramBlock) {
    Self.kinds.withUnsafeBufferPointer { kinds in
      guard let base = bytes.baseAddress, let kinds = kinds.baseAddress else { return }
      var (reader, position, units) = (self, 0, UnitList(block))
      while position < bytes.count { position = reader.step(base, position, bytes.count, kinds, &units) }
      self = reader
      block.count = units.count
    }
  }

  /// The text ends here, or is broken off.
  mutating func finish(into block: GramBlock) {
    var units = UnitList(block)
    close(endingAt: 0, &units)
    block.count = units.count
    state = .lineStart
    recent = RecentNames()
  }

  /// - Returns: the first byte that was not read.
  @inline(__always)
  private mutating func step(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ kinds: UnsafePointer<UInt8>, _ block: inout UnitList
  ) -> Int {
    var position = start
    switch state {
    case .name:
      while position < end, kinds[Int(base[position])] &- 1 < 2 {
        word = TokenClass.added(base[position], to: word)
        position += 1
      }
      length += position - start
      if position < end { endName(at: position, &block) }
      return position
    case .number:
      while position < end, kinds[Int(base[position])] &- 1 < 2 || base[position] == UInt8(ascii: ".") { position += 1 }
      if position < end {
        block.append(TokenClass.number, endingAt: position)
        state = .sign
      }
      return position
    case .string: return skipString(base, start, end, &block)
    case .escaped:
      state = .string
      return base[start] == CharacterReader.newline ? start : start + 1
    case .comment:
      guard let found = memchr(base + start, Int32(CharacterReader.newline), end - start) else { return end }
      state = .lineStart
      return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base + 1
    case .blank, .sign: return begin(base, start, end, kinds, &block)
    case .lineStart, .lineNumber: return beginLine(base, start, kinds)
    case .slash, .hash, .dash: return decide(base[start], at: start, &block)
    }
  }

  private mutating func skipString(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ block: inout UnitList
  ) -> Int {
    var position = start
    while position < end {
      let byte = base[position]
      if byte == quote || byte == UInt8(ascii: "\\") || byte == CharacterReader.newline { break }
      position += 1
    }
    guard position < end else { return position }
    let byte = base[position]
    if byte == UInt8(ascii: "\\") {
      state = .escaped
      return position + 1
    }
    block.append(TokenClass.string, endingAt: position)
    // Its line's end ends a string that is none, such as an apostrophe.
    state = byte == quote ? .sign : .lineStart
    return position + 1
  }

  /// Reads on between tokens, up to one that needs more than a look at its first byte.
  @inline(__always)
  private mutating func begin(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ kinds: UnsafePointer<UInt8>, _ block: inout UnitList
  ) -> Int {
    var (position, isBlank) = (start, state == .blank)
    while position < end {
      let byte = base[position]
      switch kinds[Int(byte)] {
      case Kind.blank: isBlank = true
      case Kind.letter:
        position = readName(base, position, end, kinds, &block)
        if state == .name { return position }
        isBlank = false
        continue
      case Kind.newline:
        state = .lineStart
        return position + 1
      case Kind.digit:
        state = .number
        return position + 1
      case Kind.quote:
        (state, quote) = (.string, byte)
        return position + 1
      default:
        if isBlank, byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") {
          state = byte == UInt8(ascii: "/") ? .slash : .hash
          return position + 1
        }
        block.append(byte, endingAt: position + 1)
        isBlank = false
      }
      position += 1
    }
    state = isBlank ? .blank : .sign
    return position
  }

  /// - Returns: the first byte behind the name; the state is `name` where it may go on with the next piece.
  @inline(__always)
  private mutating func readName(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ kinds: UnsafePointer<UInt8>, _ block: inout UnitList
  ) -> Int {
    var (position, word): (Int, UInt64) = (start, 0)
    while position < end, kinds[Int(base[position])] &- 1 < 2 {
      word = TokenClass.added(base[position], to: word)
      position += 1
    }
    (self.word, length) = (word, position - start)
    if position == end { state = .name } else { endName(at: position, &block) }
    return position
  }

  private mutating func beginLine(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ kinds: UnsafePointer<UInt8>
  ) -> Int {
    let byte = base[start]
    let kind = kinds[Int(byte)]
    if kind == Kind.newline { state = .lineStart; return start + 1 }
    if kind == Kind.blank { return start + 1 }
    if kind == Kind.digit { state = .lineNumber; return start + 1 }
    if state == .lineNumber {
      // What stands behind the number: a colon, a bar, an arrow.
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "|") || byte >= 0x80 { return start + 1 }
    }
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: ">"), UInt8(ascii: "|"): return start + 1
    case UInt8(ascii: "#"), UInt8(ascii: "*"): state = .comment
    case UInt8(ascii: "-"): state = .dash
    case UInt8(ascii: "/"): state = .slash
    default: state = .blank; return start
    }
    return start + 1
  }

  /// What a sign that waits is, by the byte behind it.
  private mutating func decide(_ byte: UInt8, at start: Int, _ block: inout UnitList) -> Int {
    switch state {
    case .dash:
      guard byte == UInt8(ascii: "-") else { break }
      state = .comment
      return start + 1
    case .slash:
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*") {
        state = .comment
        return start + 1
      }
      block.append(UInt8(ascii: "/"), endingAt: start)
    default:
      if byte == UInt8(ascii: " ") {
        state = .comment
        return start + 1
      }
      block.append(UInt8(ascii: "#"), endingAt: start)
    }
    state = state == .dash ? .lineStart : .sign
    return start
  }

  private mutating func endName(at end: Int, _ block: inout UnitList) {
    let number = TokenClass.wordNumber(of: word, length: length)
    var unit = length <= TokenClass.longestWord ? Self.word(number, block.words) : TokenClass.name
    if unit == TokenClass.name { unit = recent.add(number) }
    block.append(unit, endingAt: end)
    state = .sign
  }

  @inline(__always)
  private static func word(_ word: UInt64, _ slots: UnsafePointer<(word: UInt64, unit: UInt8)>) -> UInt8 {
    var slot = TokenClass.slot(of: word)
    while slots[slot].unit != 0 {
      if slots[slot].word == word { return slots[slot].unit }
      slot = (slot + 1) & (TokenClass.slotCount - 1)
    }
    return TokenClass.name
  }

  private mutating func close(endingAt end: Int, _ block: inout UnitList) {
    switch state {
    case .name: endName(at: end, &block)
    case .number: block.append(TokenClass.number, endingAt: end)
    case .string, .escaped: block.append(TokenClass.string, endingAt: end)
    case .slash: block.append(UInt8(ascii: "/"), endingAt: end)
    case .hash: block.append(UInt8(ascii: "#"), endingAt: end)
    default: break
    }
  }
}
