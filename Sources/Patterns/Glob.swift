/// A pattern in which `*` stands for any bytes of one part and `**` for any bytes at all; the rest is literal.
///
/// - Complexity: a literal pattern costs one comparison; otherwise linear in the text, whatever the stars, because all
///   positions are followed at once (one bit each).
package struct Glob: Sendable, Hashable {
  private enum Token: Sendable, Hashable {
    case byte(UInt8)
    case withinPart
    case anything
  }

  private let prefix: [UInt8]
  /// Begins and ends with a wildcard; empty where the pattern is literal.
  private let middle: [Token]
  private let suffix: [UInt8]
  private let separator: UInt8
  /// How many bytes are literal: more is more specific.
  package let literalBytes: Int

  /// - Parameter separator: the byte that `*` does not cross: `/` in paths, `.` in names.
  /// - Returns: `nil` where the pattern is longer than ``PatternLimits`` takes.
  package init?(_ pattern: some Collection<UInt8>, separator: UInt8) {
    guard pattern.count <= PatternLimits.patternBytes else { return nil }
    let tokens = Self.tokens(of: pattern)
    let isWild: (Token) -> Bool = { if case .byte = $0 { false } else { true } }
    let firstWild = tokens.firstIndex(where: isWild) ?? tokens.count
    let endOfWild = tokens.lastIndex(where: isWild).map { $0 + 1 } ?? tokens.count
    self.prefix = Self.bytes(of: tokens[..<firstWild])
    self.middle = Array(tokens[firstWild..<endOfWild])
    self.suffix = Self.bytes(of: tokens[endOfWild...])
    self.separator = separator
    self.literalBytes = tokens.count { !isWild($0) }
    guard middle.count <= PatternLimits.wildTokens else { return nil }
  }

  package var isLiteral: Bool { middle.isEmpty }

  package func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard !middle.isEmpty else { return text.elementsEqual(prefix) }
    guard text.count >= prefix.count + suffix.count, text.starts(with: prefix),
      text.suffix(suffix.count).elementsEqual(suffix)
    else { return false }
    return matchesMiddle(text.dropFirst(prefix.count).dropLast(suffix.count))
  }

  package func matches(_ text: [UInt8]) -> Bool { matches(text[...]) }

  /// Whether it matches all that the other one matches, as far as the tokens tell: never true where it does not.
  package func covers(_ other: Glob) -> Bool {
    let wanted = tokens
    var states = Set([0])
    Self.close(&states, wanted)
    for token in other.tokens {
      var next: Set<Int> = []
      for index in states where index < wanted.count {
        switch (wanted[index], token) {
        case (.byte(let one), .byte(let two)): if one == two { next.insert(index + 1) }
        case (.withinPart, .byte(let byte)): if byte != separator { next.insert(index) }
        case (.withinPart, .withinPart), (.anything, _): next.insert(index)
        case (.byte, _), (.withinPart, .anything): break
        }
      }
      states = next
      Self.close(&states, wanted)
    }
    return states.contains(wanted.count) && separator == other.separator
  }

  private var tokens: [Token] { prefix.map(Token.byte) + middle + suffix.map(Token.byte) }

  private static func close(_ states: inout Set<Int>, _ tokens: [Token]) {
    for (index, token) in tokens.enumerated() where states.contains(index) {
      if case .byte = token { continue }
      states.insert(index + 1)
    }
  }

  /// Thompson's simulation: bit `i` says that the first `i` tokens can have been consumed.
  private func matchesMiddle(_ text: ArraySlice<UInt8>) -> Bool {
    if middle == [.anything] { return true }
    var states = closed(1)
    for byte in text {
      var next: UInt64 = 0
      var remaining = states
      while remaining != 0 {
        let index = remaining.trailingZeroBitCount
        remaining &= remaining - 1
        guard index < middle.count else { continue }
        switch middle[index] {
        case .byte(let wanted): if wanted == byte { next |= 1 << UInt64(index + 1) }
        case .withinPart: if byte != separator { next |= 1 << UInt64(index) }
        case .anything: next |= 1 << UInt64(index)
        }
      }
      guard next != 0 else { return false }
      states = closed(next)
    }
    return states & (1 << UInt64(middle.count)) != 0
  }

  /// A wildcard may stand for nothing: its position reaches the next one for free.
  private func closed(_ states: UInt64) -> UInt64 {
    var states = states
    for (index, token) in middle.enumerated() where states & (1 << UInt64(index)) != 0 {
      if case .byte = token { continue }
      states |= 1 << UInt64(index + 1)
    }
    return states
  }

  private static func tokens(of pattern: some Collection<UInt8>) -> [Token] {
    var tokens: [Token] = []
    for byte in pattern {
      guard byte == UInt8(ascii: "*") else {
        tokens.append(.byte(byte))
        continue
      }
      switch tokens.last {
      case .withinPart: tokens[tokens.count - 1] = .anything
      case .anything: break
      default: tokens.append(.withinPart)
      }
    }
    return tokens
  }

  private static func bytes(of tokens: ArraySlice<Token>) -> [UInt8] {
    tokens.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
  }
}
