internal import CText

/// What each byte may be, looked up instead of compared: these loops see every byte of every message.
enum CharacterTable {
  /// In the alphabets of base64 and base64url (RFC 4648 §4, §5), which hold that of base16.
  static let token: UInt8 = 1
  static let hexadecimal: UInt8 = 2
  static let upper: UInt8 = 4
  static let lower: UInt8 = 8
  /// Printable ASCII, tab, line feed, carriage return.
  static let text: UInt8 = 16
  static let urlSafe: UInt8 = 32
  static let alphanumeric: UInt8 = 64
  /// What tokens and links are made of.
  static let breakable: UInt8 = 128

  // Written once, before first use, then only read.
  nonisolated(unsafe) static let classes: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
    for byte in UInt8.min...UInt8.max {
      var bits: UInt8 = 0
      if base64Value(byte) != nil { bits |= token }
      if hexValue(byte) != nil { bits |= hexadecimal }
      if (0x41...0x5a).contains(byte) { bits |= upper }
      if (0x61...0x7a).contains(byte) { bits |= lower }
      if (0x20...0x7e).contains(byte) || byte == 9 || byte == 10 || byte == 13 { bits |= text }
      if (0x30...0x39).contains(byte) || bits & (upper | lower) != 0 { bits |= alphanumeric }
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { bits |= urlSafe }
      if bits & alphanumeric != 0 || "_-./:=+~@%?&".utf8.contains(byte) { bits |= breakable }
      table[Int(byte)] = bits
    }
    return UnsafePointer(table)
  }()

  /// ``token``, for looking at many bytes at once.
  static let tokenClass: sallyport_byte_class = {
    var members = sallyport_byte_class()
    for byte in UInt8(0)..<0x80 where base64Value(byte) != nil { sallyport_insert(&members, byte) }
    return members
  }()

  /// The six bits of each character; 0 for what is none.
  nonisolated(unsafe) static let sextets: UnsafePointer<UInt32> = {
    let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max { table[Int(byte)] = UInt32(base64Value(byte) ?? 0) }
    return UnsafePointer(table)
  }()

  /// What ``hexValues`` has for what is no hexadecimal digit.
  static let noDigit: UInt8 = 0xff

  /// Looked up, since digits that look random make every comparison a wrong guess.
  nonisolated(unsafe) static let hexValues: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max { table[Int(byte)] = hexValue(byte) ?? noDigit }
    return UnsafePointer(table)
  }()

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    case 0x41...0x46: byte - 0x37
    default: nil
    }
  }

  private static func base64Value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte - 0x41
    case 0x61...0x7a: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
