/// A way to write a text so that it is the same twice turned.
enum Turn: String, Sendable, CaseIterable {
  case reversed
  /// Letters of ASCII thirteen places on.
  case rot13

  func turned<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> [UInt8] {
    switch self {
    case .reversed:
      Array(unsafeUninitializedCapacity: bytes.count) { turned, count in
        count = bytes.count
        var place = count
        for byte in bytes {
          place -= 1
          turned.initializeElement(at: place, to: byte)
        }
      }
    case .rot13: bytes.map(Self.rotated)
    }
  }

  /// A text as it was before: of one that was written backwards letter by letter, the bytes of each letter beyond ASCII
  /// are in their order.
  func text<Bytes: Collection<UInt8>>(of bytes: Bytes) -> [UInt8] {
    var text = turned(bytes)
    guard self == .reversed else { return text }
    var index = 0
    while let start = text[index...].firstIndex(where: { $0 >= 0x80 }) {
      let first = text[start]
      let end = text[(start + 1)...].firstIndex { $0 & 0xc0 != 0x80 } ?? text.endIndex
      let isInOrder = first & 0xc0 != 0x80
      // A letter's first byte tells how many bytes it has.
      let isBehind = !isInOrder && end < text.endIndex && (~text[end]).leadingZeroBitCount == end - start + 1
      if isBehind { text[start...end].reverse() }
      index = isBehind ? end + 1 : end
    }
    return text
  }

  private static func rotated(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x4d, 0x61...0x6d: byte + 13
    case 0x4e...0x5a, 0x6e...0x7a: byte - 13
    default: byte
    }
  }
}
