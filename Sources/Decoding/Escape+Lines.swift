extension Escape {
  /// A line's end within a token that is broken into lines of one length: a whole line of it, and another that ends or
  /// begins where its lines do, are there.
  ///
  /// - Parameter text: begins with the line's end.
  static func brokenLine(_ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool) -> Reading {
    guard let start = text.baseAddress else { return .none }
    guard text.count > 1 else { return isLast ? .none : .cut }
    let length = text[0] == 0x0d ? 2 : 1
    guard length == 1 || text[1] == 0x0a, behind > 0, isBreakable(start[-1]) else { return .none }
    var head = length
    while head < text.count, head - length <= longestLine, isBreakable(text[head]) { head += 1 }
    guard head < text.count || isLast else { return head - length > longestLine ? .none : .cut }
    let next = head - length
    guard (1...longestLine).contains(next) else { return .none }
    let isWhole = head == text.count || isLineEnd(text[head])
    let before = Line(endingAt: start, behind)
    guard isWhole || before.isWhole else { return .none }
    let isBroken =
      isWhole && lines.contains(next)
      && (hasLetter(start + length, next) || hasLetter(start - before.token, before.token))
      && (before.token == next || before.length == next)
      || before.isWhole && lines.contains(before.token) && next <= before.token
        && hasLetter(start - before.token, before.token) && (next == before.token || before.follows(before.token))
    return isBroken ? .decoded(Escape(nothing: length)) : .none
  }

  /// Lengths of lines: shorter ones are words, longer ones those of files in base64, which are tokens as they are.
  private static let lines = 8...48
  private static let longestLine = 48

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }

  @inline(__always)
  private static func isBreakable(_ byte: UInt8) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.breakable != 0
  }

  /// Lines of digits are numbers.
  private static func hasLetter(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    (0..<count).contains { CharacterTable.classes[Int(bytes[$0])] & (CharacterTable.upper | CharacterTable.lower) != 0 }
  }

  /// The line before a place, as far as lengths matter.
  private struct Line {
    let end: UnsafePointer<UInt8>
    let behind: Int
    /// Bytes of a token at its end; more than ``longestLine`` where there are more.
    let token: Int

    /// - Parameter behind: bytes that are readable before `end`.
    init(endingAt end: UnsafePointer<UInt8>, _ behind: Int) {
      self.end = end
      self.behind = behind
      var count = 0
      while count < behind, count <= longestLine, isBreakable(end[-count - 1]) { count += 1 }
      token = count
    }

    /// Whether it is nothing but of the token.
    var isWhole: Bool { token == behind || token <= longestLine && isLineEnd(end[-token - 1]) }

    /// All its bytes, as far as they are counted.
    var length: Int {
      var count = token
      while count < behind, count <= longestLine, !isLineEnd(end[-count - 1]) { count += 1 }
      return count
    }

    /// Whether the line before this one ends or is as a line of that length.
    func follows(_ wanted: Int) -> Bool {
      guard token < behind, isLineEnd(end[-token - 1]) else { return false }
      var skipped = token + 1
      if skipped < behind, end[-skipped] == 0x0a, end[-skipped - 1] == 0x0d { skipped += 1 }
      let before = Line(endingAt: end - skipped, behind - skipped)
      return before.token == wanted || before.length == wanted
    }
  }
}
