/// The characters of an identifier that count, without what people set between them: spaces, points, hyphens, slashes.
enum IdentifierText {
  /// Longer than any identifier there is; a check of more is not begun.
  private static let longest = 64

  /// - Returns: each digit's value; `nil` where there is anything but digits and separators.
  static func digits(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard let values = values(text), values.allSatisfy({ $0 < 10 }) else { return nil }
    return values
  }

  /// - Returns: 0 to 9 for digits and 10 to 35 for letters of either case; `nil` where there is anything else.
  static func values(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard text.count <= longest else { return nil }
    var values: [Int] = []
    values.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case 0x30...0x39: values.append(Int(byte) - 0x30)
      case 0x41...0x5a: values.append(Int(byte) - 0x37)
      case 0x61...0x7a: values.append(Int(byte) - 0x57)
      case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): continue
      default: return nil
      }
    }
    return values
  }

  /// The number that digits spell, most significant first; at most 18 of them.
  static func number(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
