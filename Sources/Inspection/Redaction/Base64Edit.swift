/// The quads of a base64 text that hold a secret, with the bytes before and after it that share them.
struct Base64Edit {
  private let range: Range<Int>
  private let before: [UInt8]
  private let after: [UInt8]
  private let endsText: Bool
  private let isURLSafe: Bool

  /// - Parameters:
  ///   - characters: the characters that the secret's bytes touch, in `text`.
  ///   - phase: of the secret's first byte in its quad, 0...2.
  init?(_ characters: Range<Int>, phase: Int, in text: UnsafeBufferPointer<UInt8>) {
    var start = characters.lowerBound
    var missing = phase
    while missing > 0 {
      start -= 1
      guard start >= 0, text.indices.contains(start) else { return nil }
      if Base64.value(text[start]) != nil { missing -= 1 } else if !Self.isLineEnd(text[start]) { return nil }
    }
    var end = characters.upperBound
    var count = text[start..<end].count { Base64.value($0) != nil }
    let secretCharacters = count
    while count % 4 != 0, end < text.count {
      if Base64.value(text[end]) != nil { count += 1 } else if !Self.isLineEnd(text[end]) { break }
      end += 1
    }
    endsText = count % 4 != 0
    let values = text[start..<end].filter { Base64.value($0) != nil }
    guard let bytes = Base64.decode(values) else { return nil }
    // The secret's last byte needs both characters that it touches: bytes wholly before the end of those are its.
    let secretEnd = secretCharacters * 6 / 8
    guard phase <= bytes.count, secretEnd <= bytes.count else { return nil }
    before = Array(bytes[..<phase])
    after = Array(bytes[secretEnd...])
    while endsText, end < text.count, text[end] == UInt8(ascii: "=") { end += 1 }
    range = start..<end
    isURLSafe = values.contains(UInt8(ascii: "-")) || values.contains(UInt8(ascii: "_"))
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { ByteSet.space.contains(byte) }

  /// The new characters: whole quads, so that what follows keeps its alignment. The replacement is drawn out with `*`
  /// where quads would not come out even.
  func replacing(with replacement: [UInt8]) -> (Range<Int>, [UInt8]) {
    var bytes = before + replacement
    while (bytes.count + after.count) % 3 != 0 { bytes.append(UInt8(ascii: "*")) }
    return (range, Base64.encode(bytes + after, urlSafe: isURLSafe))
  }
}
