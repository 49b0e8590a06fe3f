/// An encoding whose characters are digits of so many bits, the highest first (RFC 4648).
protocol Radix {
  static var layer: String { get }
  static var bits: Int { get }
  /// Characters and bytes of a group that begins and ends with a whole byte.
  static var characters: Int { get }
  static var bytes: Int { get }
  /// The digits of a whole group as one number.
  static func number(_ characters: UnsafePointer<UInt8>) -> UInt64
  /// One digit; 0 for what is none.
  static func digit(_ character: UInt8) -> UInt64
}

/// RFC 4648 §4 and §5: both alphabets at once.
enum Base64: Radix {
  static let layer = "base64"
  static var bits: Int { 6 }
  static var characters: Int { 4 }
  static var bytes: Int { 3 }

  @inline(__always)
  static func number(_ characters: UnsafePointer<UInt8>) -> UInt64 {
    let sextets = CharacterTable.sextets
    return UInt64(
      sextets[Int(characters[0])] << 18 | sextets[Int(characters[1])] << 12
        | sextets[Int(characters[2])] << 6 | sextets[Int(characters[3])])
  }

  static func digit(_ character: UInt8) -> UInt64 { UInt64(CharacterTable.sextets[Int(character)]) }
}

/// RFC 4648 §6, in either case.
enum Base32: Radix {
  static let layer = "base32"
  static var bits: Int { 5 }
  static var characters: Int { 8 }
  static var bytes: Int { 5 }

  static func number(_ characters: UnsafePointer<UInt8>) -> UInt64 {
    (0..<8).reduce(0) { $0 << 5 | digit(characters[$1]) }
  }

  static func digit(_ character: UInt8) -> UInt64 { value(character).map { UInt64($0) } ?? 0 }

  /// `nil` for what is no digit.
  static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x41...0x5a: character - 0x41
    case 0x61...0x7a: character - 0x61
    case 0x32...0x37: character - 0x32 + 26
    default: nil
    }
  }
}
