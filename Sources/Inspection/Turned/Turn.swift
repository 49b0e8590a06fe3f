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

  private static func rotated(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x4d, 0x61...0x6d: byte + 13
    case 0x4e...0x5a, 0x6e...0x7a: byte - 13
    default: byte
    }
  }
}
