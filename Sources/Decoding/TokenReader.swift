/// Decodes one long token, a piece at a time.
final class TokenReader {
  private var piece = TokenPiece()
  private var aligned = (0..<4).map { AlignedBase64(alignment: $0) }
  private var digits = (0..<2).map { AlignedHex(parity: $0) }
  private var carried: [CompressedToken] = []
  /// The token's index up to which characters were classified.
  private var seen = 0
  /// Hexadecimal digits in a row before ``seen``.
  private var hexRun = 0

  var firstOffset: Int { piece.firstOffset }

  func begin(at offset: Int) {
    piece.begin(at: offset)
    for index in aligned.indices { aligned[index].begin() }
    seen = 0
    hexRun = 0
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
    let classes = classify(view)
    findCompressed(view)
    for token in carried { token.decode(piece, isLast: isLast) }
    // Base64 of text has letters of both cases; a path, a digest or a constant has not.
    let bothCases = CharacterTable.upper | CharacterTable.lower
    if classes & bothCases == bothCases {
      for index in aligned.indices { aligned[index].decode(piece, of: view, isLast: isLast) }
    } else {
      for index in aligned.indices { aligned[index].skip(to: piece.end) }
    }
  }

  /// Finds runs of hexadecimal digits, decodes them, and tells which classes of characters the piece has.
  private func classify(_ view: DecodedView) -> UInt8 {
    let table = CharacterTable.classes
    var all: UInt8 = 0
    var run = hexRun
    for index in seen..<piece.end {
      let bits = table[Int(piece[index])]
      all |= bits
      if bits & CharacterTable.hexadecimal != 0 {
        run += 1
        if run == DecodingLimits.minimumTokenCharacters { beginDigits(at: index + 1 - run, view) }
      } else {
        if run >= DecodingLimits.minimumTokenCharacters { endDigits(at: index, view) }
        run = 0
      }
    }
    if run >= DecodingLimits.minimumTokenCharacters { endDigits(at: piece.end, view) }
    hexRun = run
    seen = piece.end
    return all
  }

  private func beginDigits(at index: Int, _ view: DecodedView) {
    for parity in digits.indices { digits[parity].begin(at: index) }
    if CompressedToken.isHexMagic(piece, at: index) { carry(.hex, at: index, view) }
  }

  private func endDigits(at index: Int, _ view: DecodedView) {
    for parity in digits.indices { digits[parity].decode(piece, to: index, of: view) }
  }

  /// Looks for the first characters of compressed text in base64.
  private func findCompressed(_ view: DecodedView) {
    let first = piece.start == 0 ? 0 : piece.start + TokenPiece.carried - CompressedToken.magicCharacters + 1
    guard first + CompressedToken.magicCharacters <= piece.end else { return }
    for index in first...piece.end - CompressedToken.magicCharacters
    where CompressedToken.isBase64Magic(piece, at: index) {
      carry(.base64, at: index, view)
    }
  }

  /// One reading an alignment is enough: what begins later at the same one is inside of it.
  private func carry(_ encoding: CompressedToken.Encoding, at index: Int, _ view: DecodedView) {
    guard !carried.contains(where: { $0.covers(encoding, index) }), view.tree.takeCarving(by: view, at: piece.offset(of: index)),
      let child = view.makeChild(encoding.rawValue, at: piece.offset(of: index))
    else { return }
    carried.append(CompressedToken(encoding, at: index, into: child))
  }
}
