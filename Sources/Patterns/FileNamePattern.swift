/// One part of a file's path, with wildcards: `*.pem`, `id_?sa`.
struct FileNamePattern: Sendable, Hashable {
  /// Bytes as themselves; behind them ``one`` and ``many``.
  private let tokens: [UInt16]
  private let isLiteral: Bool

  private static let one: UInt16 = 256
  private static let many: UInt16 = 257

  static let anything = FileNamePattern(tokens: [many], isLiteral: false)

  var isStar: Bool { tokens == [Self.many] }

  var hasWildcard: Bool { !isLiteral }

  private init(tokens: [UInt16], isLiteral: Bool) {
    self.tokens = tokens
    self.isLiteral = isLiteral
  }

  /// - Parameter text: without slashes; a backslash makes the byte behind it itself.
  /// - Returns: `nil` for nothing, `.`, `..`, or a backslash with nothing behind it.
  init?(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty, !text.elementsEqual(".".utf8), !text.elementsEqual("..".utf8) else { return nil }
    var tokens: [UInt16] = []
    var isEscaped = false
    for byte in text {
      switch byte {
      case _ where isEscaped:
        tokens.append(UInt16(byte))
        isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "?"): tokens.append(Self.one)
      case UInt8(ascii: "*"): if tokens.last != Self.many { tokens.append(Self.many) }
      default: tokens.append(UInt16(byte))
      }
    }
    guard !isEscaped else { return nil }
    self.init(tokens: tokens, isLiteral: tokens.allSatisfy { $0 < Self.one })
  }

  /// - Complexity: a literal costs one comparison; else at most the product of both lengths, as after a mismatch only
  ///   the last star takes one more.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    guard !isLiteral else { return name.count == tokens.count && zip(name, tokens).allSatisfy { UInt16($0) == $1 } }
    var position = name.startIndex
    var token = 0
    var star: (token: Int, position: Int)?
    while position < name.endIndex {
      let wanted = token < tokens.count ? tokens[token] : nil
      if wanted == Self.many {
        star = (token, position)
        token += 1
      } else if wanted == Self.one {
        position = Self.afterCharacter(at: position, of: name)
        token += 1
      } else if wanted == UInt16(name[position]) {
        position += 1
        token += 1
      } else if let last = star {
        star = (last.token, last.position + 1)
        position = last.position + 1
        token = last.token + 1
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == Self.many }
  }

  /// Whether it matches all that the other one matches, as far as the tokens tell: never true where it does not.
  func covers(_ other: FileNamePattern) -> Bool {
    var states = Set([0])
    close(&states)
    for token in other.tokens {
      var next: Set<Int> = []
      for index in states where index < tokens.count {
        if tokens[index] == Self.many {
          next.insert(index)
        } else if token == tokens[index] {
          next.insert(index + 1)
        }
      }
      states = next
      close(&states)
    }
    return states.contains(tokens.count)
  }

  private func close(_ states: inout Set<Int>) {
    for (index, token) in tokens.enumerated() where token == Self.many && states.contains(index) {
      states.insert(index + 1)
    }
  }

  /// The bytes that go on with a character are no characters of their own (RFC 3629 §3).
  private static func afterCharacter(at position: Int, of name: ArraySlice<UInt8>) -> Int {
    var next = position + 1
    while next < name.endIndex, name[next] & 0xc0 == 0x80 { next += 1 }
    return next
  }
}
