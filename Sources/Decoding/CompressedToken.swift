/// A token that begins like compressed text in base64 or hex: all its bytes go to a view, in which the text is carved.
final class CompressedToken {
  enum Encoding: String { case base64, hex }

  private let encoding: Encoding
  private let child: DecodedView
  private var next: Int
  private var lineEnd = -1

  static let magicCharacters = 5

  init(_ encoding: Encoding, at index: Int, into child: DecodedView) {
    self.encoding = encoding
    self.child = child
    next = index
  }

  /// The heads of gzip (`1f 8b 08`), zstd (`28 b5 2f fd`) and zlib (`78 01`, `78 5e`, `78 9c`, `78 da`) in base64.
  /// zlib's head is short: it counts at a token's beginning only.
  static func isBase64Magic(_ piece: borrowing TokenPiece, at index: Int) -> Bool {
    switch piece[index] {
    case UInt8(ascii: "H"): matches(piece, index, "H4sI")
    case UInt8(ascii: "K"): matches(piece, index, "KLUv/") || matches(piece, index, "KLUv_")
    case UInt8(ascii: "e") where index == 0:
      matches(piece, index, "eAE") || matches(piece, index, "eF") || matches(piece, index, "eJ")
        || matches(piece, index, "eN")
    default: false
    }
  }

  /// A character of a head's beginning, without a look at what follows.
  @inline(__always)
  static func mayBegin(_ byte: UInt8, isFirst: Bool) -> Bool {
    byte == UInt8(ascii: "H") || byte == UInt8(ascii: "K") || byte == UInt8(ascii: "e") && isFirst
  }

  static func isHexMagic(_ piece: borrowing TokenPiece, at index: Int) -> Bool {
    matches(piece, index, "1f8b08") || matches(piece, index, "1F8B08") || matches(piece, index, "28b52ffd")
      || matches(piece, index, "28B52FFD") || matches(piece, index, "7801") || matches(piece, index, "785e")
      || matches(piece, index, "789c") || matches(piece, index, "78da")
  }

  private static func matches(_ piece: borrowing TokenPiece, _ index: Int, _ text: StaticString) -> Bool {
    guard index + text.utf8CodeUnitCount <= piece.end else { return false }
    for position in 0..<text.utf8CodeUnitCount
    where piece[index + position] != text.utf8Start[position] { return false }
    return true
  }

  func covers(_ encoding: Encoding, _ index: Int) -> Bool {
    guard encoding == self.encoding else { return false }
    let characters = encoding == .base64 ? 4 : 2
    return (next - index) % characters == 0
  }

  func decode(_ piece: borrowing TokenPiece, isLast: Bool) {
    switch encoding {
    case .base64: decodeBase64(piece, isLast: isLast)
    case .hex: decodeHex(piece)
    }
  }

  private func decodeBase64(_ piece: borrowing TokenPiece, isLast: Bool) {
    while next < piece.end {
      let count = min(4, piece.end - next)
      guard count == 4 || isLast && count > 1 else { return }
      if next >= lineEnd { mark(piece, .base64(phase: 0, continues: lineEnd >= 0)) }
      var bits: UInt32 = 0
      for index in 0..<count { bits |= CharacterTable.sextets[Int(piece[next + index])] << (18 - 6 * UInt32(index)) }
      for index in 0..<count - 1 { child.write(UInt8(truncatingIfNeeded: bits >> (16 - 8 * UInt32(index)))) }
      next += count
    }
  }

  private func decodeHex(_ piece: borrowing TokenPiece) {
    while next + 2 <= piece.end {
      guard let high = CharacterTable.hexValue(piece[next]), let low = CharacterTable.hexValue(piece[next + 1]) else {
        return
      }
      if next >= lineEnd { mark(piece, .double) }
      child.write(high << 4 | low)
      next += 2
    }
  }

  private func mark(_ piece: borrowing TokenPiece, _ kind: SpanMap.Kind) {
    let (line, end) = piece.line(of: next)
    lineEnd = end
    child.map.append(.init(view: child.end, parent: line.offset + next - line.index, kind: kind))
  }

  func end(_ view: DecodedView) { view.close(child) }
}
