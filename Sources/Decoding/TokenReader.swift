/// Decodes one long token, a piece at a time.
///
/// Blocks of eight characters are told apart first: which alignments of base64 give ASCII only, whether all are
/// hexadecimal digits, whether compressed text may begin. Noise passes at that; the rest is decoded exactly.
// See ``DecodedView`` on exclusivity.
final class TokenReader {
  private let table = TokenTable.entries
  @exclusivity(unchecked) private var piece = TokenPiece()
  // Plain memory: an array would be checked for other owners at every block.
  private let base64 = UnsafeMutablePointer<AlignedDigits<Base64>>.allocate(capacity: Base64.characters)
  private let base32 = UnsafeMutablePointer<AlignedDigits<Base32>>.allocate(capacity: Base32.characters)
  @exclusivity(unchecked) private var digits = InlineArray<2, AlignedHex> { AlignedHex(parity: $0) }
  @exclusivity(unchecked) private var carried: [CompressedToken] = []
  /// The token's index of the next block.
  @exclusivity(unchecked) private var next = 0
  /// Blocks of digits in a row.
  @exclusivity(unchecked) private var digitBlocks = 0
  /// What the block before was, as far as that matters to base32.
  @exclusivity(unchecked) private var noise32Before = TokenTable.noise32

  private static let block = DecodingLimits.tokenBlockCharacters

  init() {
    for index in 0..<Base64.characters { (base64 + index).initialize(to: AlignedDigits(alignment: index)) }
    for index in 0..<Base32.characters { (base32 + index).initialize(to: AlignedDigits(alignment: index)) }
  }

  deinit {
    base64.deinitialize(count: Base64.characters)
    base64.deallocate()
    base32.deinitialize(count: Base32.characters)
    base32.deallocate()
  }

  /// One that stands in the same token, or before the next.
  ///
  /// - Returns: `nil` where a part of it cannot be copied.
  func copy(_ copies: TreeCopy) -> TokenReader? {
    guard copies.take(piece.heldBytes) else { return nil }
    let copy = TokenReader()
    copy.piece = TokenPiece(copying: piece)
    copy.next = next
    copy.digitBlocks = digitBlocks
    copy.noise32Before = noise32Before
    for index in 0..<Base64.characters {
      guard let digits = base64[index].copy(copies) else { return nil }
      copy.base64[index] = digits
    }
    for index in 0..<Base32.characters {
      guard let digits = base32[index].copy(copies) else { return nil }
      copy.base32[index] = digits
    }
    for index in digits.indices {
      guard let digits = digits[index].copy(copies) else { return nil }
      copy.digits[index] = digits
    }
    for token in carried {
      guard let token = token.copy(copies) else { return nil }
      copy.carried.append(token)
    }
    return copy
  }

  var firstOffset: Int { piece.firstOffset }

  func begin(at offset: Int) {
    piece.begin(at: offset)
    for index in 0..<Base64.characters { base64[index].begin() }
    for index in 0..<Base32.characters { base32[index].begin() }
    next = 0
    digitBlocks = 0
    noise32Before = TokenTable.noise32
  }

  func beginLine(at offset: Int) { piece.beginLine(at: offset) }

  func append(_ source: UnsafePointer<UInt8>, _ length: Int, of view: DecodedView) {
    var source = source
    var length = length
    while length > 0 {
      let step = min(piece.room, length)
      piece.append(source, step)
      source += step
      length -= step
      if piece.room == 0 {
        decode(view, isLast: false)
        piece.advance()
      }
    }
  }

  func end(of view: DecodedView) {
    decode(view, isLast: true)
    for token in carried { token.end(view) }
    carried.removeAll()
  }

  private func decode(_ view: DecodedView, isLast: Bool) {
    goOn(view, isLast: isLast)
    // A block behind, so that what begins in a block can be read on.
    let last = isLast ? piece.end : piece.end - 2 * Self.block
    if next == 0, last > 0 { findHead(view) }
    while next < last {
      // The token's last block is a whole one, too.
      let first = max(piece.start, min(next, piece.end - Self.block))
      let (any, all) = classify(from: first, to: min(first + Self.block, piece.end))
      if any & TokenTable.magic != 0 { findCompressed(from: first, view) }
      countDigits(areAll: all & TokenTable.hexadecimal != 0, view)
      if any & TokenTable.noise != TokenTable.noise {
        for index in 0..<Base64.characters where any & (TokenTable.noiseAtZero << UInt32(index)) == 0 {
          base64[index].decode(piece, from: first - Self.block, to: first + Self.block, of: view, isLast: isLast)
        }
      }
      if (any | noise32Before) & TokenTable.noise32 != TokenTable.noise32 {
        decodeBase32(any | noise32Before, around: first, view, isLast: isLast)
      }
      noise32Before = any
      next += Self.block
    }
    if digitBlocks > 1 { decodeDigits(to: min(next, piece.end), view) }
    for token in carried { token.decode(piece, isLast: isLast) }
    carried.removeAll { token in
      if token.isOver { token.end(view) }
      return token.isOver
    }
  }

  /// Reads on where text did not end with the last piece.
  private func goOn(_ view: DecodedView, isLast: Bool) {
    for index in 0..<Base64.characters where base64[index].isRunning {
      base64[index].decode(piece, from: next - Self.block, to: next + Self.block, of: view, isLast: isLast)
    }
    for index in 0..<Base32.characters where base32[index].isRunning {
      base32[index].decode(piece, from: next - Self.block, to: next + Self.block, of: view, isLast: isLast)
    }
  }

  /// Two blocks in a row may be text in base32; one often looks like it.
  private func decodeBase32(_ any: UInt32, around first: Int, _ view: DecodedView, isLast: Bool) {
    let clean = ~any >> 16
    let alignments = (clean | clean >> 8) & 0xff
    for index in 0..<Base32.characters where alignments >> UInt32(index) & 1 != 0 {
      base32[index].decode(piece, from: first - 2 * Self.block, to: first + Self.block, of: view, isLast: isLast)
    }
  }

  /// What any and what all of the block's characters are.
  @inline(__always)
  private func classify(from first: Int, to end: Int) -> (any: UInt32, all: UInt32) {
    var any: UInt32 = 0
    var all: UInt32 = .max
    let characters = piece.characters - piece.start
    for index in first..<end {
      let bits = table[(index & 7) << 8 | Int(characters[index])]
      any |= bits
      all &= bits
    }
    return (any, all)
  }

  /// Two blocks of digits in a row begin a run of them, which is decoded from its first digit on.
  @inline(__always)
  private func countDigits(areAll: Bool, _ view: DecodedView) {
    if areAll {
      digitBlocks += 1
      if digitBlocks == 2 { beginDigits(view) }
    } else if digitBlocks > 0 {
      if digitBlocks > 1 {
        var end = next
        while end < piece.end, CharacterTable.hexValue(piece[end]) != nil { end += 1 }
        decodeDigits(to: end, view)
      }
      digitBlocks = 0
    }
  }

  private func beginDigits(_ view: DecodedView) {
    var start = next - Self.block
    while start > piece.start, start > next - 2 * Self.block, CharacterTable.hexValue(piece[start - 1]) != nil {
      start -= 1
    }
    for parity in digits.indices { digits[parity].begin(at: start) }
    let text = piece.text(from: start)
    if CompressedToken.isHexMagic(text) {
      carry(.hex, at: start, view)
    } else if CompressedToken.isHexBrotli(text) {
      carry(.hex, at: start, view, isTrial: true)
    }
  }

  private func decodeDigits(to index: Int, _ view: DecodedView) {
    for parity in digits.indices { digits[parity].decode(piece, to: index, of: view) }
  }

  /// Looks for the first characters of compressed text in base64.
  private func findCompressed(from first: Int, _ view: DecodedView) {
    for index in first..<min(first + Self.block, piece.end)
    where CompressedToken.mayBegin(piece[index]) && CompressedToken.isMagic(piece.text(from: index)) {
      carry(.base64, at: index, view)
    }
  }

  /// Looks at the token's beginning for compressed text in any encoding.
  private func findHead(_ view: DecodedView) {
    let text = piece.text(from: 0)
    if let encoding = CompressedToken.encoding(ofHead: text) { carry(encoding, at: 0, view) }
    // Its own text is found as any other in base64; only what is compressed in it is looked for in the whole.
    if CompressedToken.isAttachment(text) { carry(.base64, at: 0, view, decoder: CarvingDecoder()) }
    if let encoding = CompressedToken.encoding(ofBrotli: text) { carry(encoding, at: 0, view, isTrial: true) }
  }

  /// One reading an alignment is enough: what begins later at the same one is inside of it.
  private func carry(
    _ encoding: CompressedToken.Encoding, at index: Int, _ view: DecodedView, isTrial: Bool = false,
    decoder: (any ViewDecoder)? = nil
  ) {
    let offset = piece.offset(of: index)
    guard !carried.contains(where: { $0.covers(encoding, index) }),
      isTrial ? view.canHaveChild && view.tree.takeTrial() : view.tree.takeCarving(by: view, at: offset),
      let child = view.makeChild(
        encoding.rawValue, at: offset, decoder: isTrial ? CarvingDecoder(onlyTrial: true) : decoder)
    else { return }
    carried.append(CompressedToken(encoding, at: index, into: child))
  }
}
