#if canImport(Glibc)
  internal import Glibc
#endif

/// The two kinds of fingerprints.
package enum GramKind: UInt8, Sendable, Hashable, CaseIterable {
  /// Of 32 letters and digits: finds what was formatted anew.
  case characters
  /// Of 16 tokens with names masked: finds what was renamed.
  case tokens
}

/// All spans of a text that could be in an index, as its bytes come. Whatever the pieces, they are the same.
struct TextGrams: Sendable {
  private var characters = CharacterReader()
  private var characterRoll = RollingGram()
  private var code = CodeReader()
  private var codeRoll = RollingGram()

  /// RECORD SEPARATOR: in a decoded view, nothing goes on across it.
  static let separator: UInt8 = 0x1e

  /// Reads on.
  ///
  /// - Parameters:
  ///   - isCode: whether tokens are looked at; those behind a part that has none begin anew.
  ///   - receive: is given each piece's spans: their kind; where their piece begins in `bytes`; the block; the units
  ///     before it.
  @inline(__always)
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ key: FingerprintKey, _ block: GramBlock, isCode: Bool = true,
    _ receive: (GramKind, Int, GramBlock, Int) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count {
      let most = min(FingerprintLimits.pieceBytes, bytes.count - start)
      let found = memchr(base + start, Int32(Self.separator), most)
      let end = found.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? start + most
      let piece = UnsafeBufferPointer(start: base + start, count: end - start)
      block.count = 0
      characters.read(piece, into: block)
      if found != nil { characters.finish(into: block) }
      var before = characterRoll.position
      characterRoll.roll(block, key.characters)
      receive(.characters, start, block, before)
      if isCode {
        block.count = 0
        code.read(piece, into: block)
        if found != nil { code.finish(into: block) }
        before = codeRoll.position
        codeRoll.rollTokens(block, key.tokens)
        receive(.tokens, start, block, before)
      } else {
        code = CodeReader()
      }
      if found != nil { characterRoll.reset() }
      if found != nil || !isCode { codeRoll.reset() }
      start = end + (found == nil ? 0 : 1)
    }
  }

  /// The text ends here.
  mutating func finish(_ key: FingerprintKey, _ block: GramBlock, _ receive: (GramKind, Int, GramBlock, Int) -> Void) {
    block.count = 0
    characters.finish(into: block)
    var before = characterRoll.position
    characterRoll.roll(block, key.characters)
    receive(.characters, 0, block, before)
    block.count = 0
    code.finish(into: block)
    before = codeRoll.position
    codeRoll.rollTokens(block, key.tokens)
    receive(.tokens, 0, block, before)
    characterRoll.reset()
    codeRoll.reset()
  }
}
