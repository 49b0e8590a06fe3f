/// A token that begins like compressed text in base64, base32 or hex: all its bytes go to a view, in which the text is
/// carved.
final class CompressedToken {
  enum Encoding: String { case base64, base32, hex }

  private let encoding: Encoding
  private let child: DecodedView
  private var next: Int
  private var lineEnd = -1
  private var hasEnded = false

  init(_ encoding: Encoding, at index: Int, into child: DecodedView) {
    self.encoding = encoding
    self.child = child
    next = index
  }

  func copy(_ copies: TreeCopy) -> CompressedToken? {
    guard let child = copies.view(child) else { return nil }
    let copy = CompressedToken(encoding, at: next, into: child)
    copy.lineEnd = lineEnd
    copy.hasEnded = hasEnded
    return copy
  }

  /// Whether no more of it need be decoded: its characters have ended, or what was tried is no compressed text.
  var isOver: Bool { hasEnded || child.isRefuted }

  func covers(_ encoding: Encoding, _ index: Int) -> Bool {
    guard encoding == self.encoding else { return false }
    let characters =
      switch encoding {
      case .base64: Base64.characters
      case .base32: Base32.characters
      case .hex: 2
      }
    return (next - index) % characters == 0
  }

  func decode(_ piece: borrowing TokenPiece, isLast: Bool) {
    switch encoding {
    case .base64: decode(Base64.self, piece, isLast: isLast)
    case .base32: decode(Base32.self, piece, isLast: isLast)
    case .hex: decodeHex(piece)
    }
  }

  private func decode<Digits: Radix>(_: Digits.Type, _ piece: borrowing TokenPiece, isLast: Bool) {
    while next < piece.end {
      if decodeGroups(Digits.self, piece) { continue }
      let count = min(Digits.characters, piece.end - next)
      guard count == Digits.characters || isLast && count > 1 else { return }
      var number: UInt64 = 0
      for index in 0..<Digits.characters {
        number = number << UInt64(Digits.bits) | (index < count ? Digits.digit(piece[next + index]) : 0)
      }
      for byte in 0..<count * Digits.bits / 8 {
        if next + 8 * byte / Digits.bits >= lineEnd {
          mark(piece, at: next + 8 * byte / Digits.bits, for: next) {
            .digits(bits: UInt8(Digits.bits), phase: UInt8(byte), continues: $0)
          }
        }
        child.write(UInt8(truncatingIfNeeded: number >> UInt64(8 * (Digits.bytes - 1 - byte))))
      }
      next += count
    }
  }

  /// Whole groups within a line, whose place the map has already.
  ///
  /// - Returns: false where there is none.
  private func decodeGroups<Digits: Radix>(_: Digits.Type, _ piece: borrowing TokenPiece) -> Bool {
    let count = (min(piece.end, lineEnd) - next) / Digits.characters
    guard count > 0, let source = piece.text(from: next).baseAddress else { return false }
    let target = child.reserve(count * Digits.bytes)
    for group in 0..<count {
      let number = Digits.number(source + group * Digits.characters)
      for byte in 0..<Digits.bytes {
        target[group * Digits.bytes + byte] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (Digits.bytes - 1 - byte)))
      }
    }
    child.commit(count * Digits.bytes, UnsafeBufferPointer(start: nil, count: 0))
    next += count * Digits.characters
    return true
  }

  private func decodeHex(_ piece: borrowing TokenPiece) {
    while next + 2 <= piece.end {
      guard let high = CharacterTable.hexValue(piece[next]), let low = CharacterTable.hexValue(piece[next + 1]) else {
        // The digits end here, though the token may not.
        hasEnded = true
        return
      }
      if next >= lineEnd { mark(piece, at: next, for: next) { _ in .double } }
      child.write(high << 4 | low)
      next += 2
    }
  }

  /// - Parameters:
  ///   - index: the character that the line is asked for.
  ///   - origin: the character that the map's entry begins with; it may be of the line before.
  private func mark(
    _ piece: borrowing TokenPiece, at index: Int, for origin: Int, _ kind: (_ continues: Bool) -> SpanMap.Kind
  ) {
    let continues = lineEnd >= 0
    let (line, end) = piece.line(of: index)
    lineEnd = end
    child.map.append(.init(view: child.end, parent: max(0, line.offset + origin - line.index), kind: kind(continues)))
  }

  func end(_ view: DecodedView) { view.close(child) }
}

// MARK: - Heads

/// gzip begins with `1f 8b 08`, zstd with `28 b5 2f fd`, zlib with `78 01`, `78 5e`, `78 9c` or `78 da`. What is short
/// counts at a token's beginning only.
extension CompressedToken {
  /// The characters that heads which count anywhere in a token begin with.
  @inline(__always)
  static func mayBegin(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "H") || byte == UInt8(ascii: "K") }

  /// Whether such a head stands there.
  static func isMagic(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    begins(text, ["H4sI", "KLUv/", "KLUv_"])
  }

  /// The encoding in which a token begins with a head of compressed text.
  static func encoding(ofHead text: UnsafeBufferPointer<UInt8>) -> Encoding? {
    switch text.first {
    case UInt8(ascii: "e"): begins(text, ["eAE", "eF", "eJ", "eN"]) ? .base64 : nil
    case UInt8(ascii: "H"): isMagic(text) ? .base64 : nil
    case UInt8(ascii: "K"): begins(text, ["KBFQGBA"]) ? .base32 : isMagic(text) ? .base64 : nil
    case UInt8(ascii: "k"): begins(text, ["kbfqgba"]) ? .base32 : nil
    case UInt8(ascii: "D"), UInt8(ascii: "F"), UInt8(ascii: "P"):
      begins(text, ["D6FQ", "FC2S7", "PAA", "PBP", "PCO", "PDN"]) ? .base32 : nil
    case UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "p"):
      begins(text, ["d6fq", "fc2s7", "paa", "pbp", "pco", "pdn"]) ? .base32 : nil
    default: nil
    }
  }

  /// Whether a token begins, in base64, with what holds compressed text, as agents attach it: PDF (ISO 32000 §7.5.2), PNG
  /// (§5.2), and ZIP, which office documents are.
  static func isAttachment(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    begins(text, ["JVBERi", "iVBORw0KGgo", "UEsDB"])
  }

  static func isHexMagic(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    begins(
      text,
      [
        "1f8b08", "1F8B08", "504b0304", "504B0304", "28b52ffd", "28B52FFD", "7801", "785e", "785E", "789c", "789C",
        "78da", "78DA",
      ])
  }

  /// The encoding in which a token may begin with brotli.
  static func encoding(ofBrotli text: UnsafeBufferPointer<UInt8>) -> Encoding? {
    guard text.count >= DecodingLimits.minimumTokenCharacters, let start = text.baseAddress else { return nil }
    if BrotliHead.isPlausible(
      UInt32(truncatingIfNeeded: Base64.number(start) << 8 | Base64.number(start + 4) >> 16).byteSwapped,
      of: text.count * 3 / 4)
    {
      return .base64
    }
    guard (0..<8).allSatisfy({ Base32.value(text[$0]) != nil }) else { return nil }
    let head = UInt32(truncatingIfNeeded: Base32.number(start) >> 8).byteSwapped
    return BrotliHead.isPlausible(head, of: text.count * 5 / 8) ? .base32 : nil
  }

  /// Whether hexadecimal digits may be brotli.
  static func isHexBrotli(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 2 * BrotliHead.bytes else { return false }
    var head: UInt32 = 0
    for index in 0..<2 * BrotliHead.bytes {
      guard let digit = CharacterTable.hexValue(text[index]) else { return false }
      head = head << 4 | UInt32(digit)
    }
    return BrotliHead.isPlausible(head.byteSwapped, of: text.count / 2)
  }

  private static func begins(_ text: UnsafeBufferPointer<UInt8>, _ heads: [StaticString]) -> Bool {
    heads.contains { head in
      guard text.count >= head.utf8CodeUnitCount else { return false }
      return (0..<head.utf8CodeUnitCount).allSatisfy { text[$0] == head.utf8Start[$0] }
    }
  }
}
