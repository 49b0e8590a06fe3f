/// Alphabets of 85 characters, five of which stand for four bytes, the highest digit first.
enum Base85 {
  /// What ``digits`` has for what is no digit.
  static let none: UInt8 = 0xff

  private static let alphabets = [
    // RFC 1924, Python's `b85`.
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
    // ZeroMQ RFC 32.
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
  ]

  // Written once, before first use, then only read. 256 entries for each alphabet.
  nonisolated(unsafe) static let digits: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 * alphabets.count)
    table.initialize(repeating: none, count: 256 * alphabets.count)
    for (index, alphabet) in alphabets.enumerated() {
      for (value, byte) in alphabet.utf8.enumerated() { table[index << 8 | Int(byte)] = UInt8(value) }
    }
    return UnsafePointer(table)
  }()

  /// What each byte may be.
  static let member: UInt8 = 1
  /// In one of the alphabets and not in base64's.
  static let special: UInt8 = 2
  /// And seldom in code.
  static let evidence: UInt8 = 4
  static let upper: UInt8 = 8
  static let lower: UInt8 = 16

  // Safe: filled here, once, before anybody sees it, and never written again.
  nonisolated(unsafe) static let classes: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      var bits: UInt8 = 0
      if digits[Int(byte)] != none || digits[256 | Int(byte)] != none { bits |= member }
      if "^!*<>()[]{}@$#`|;&?%~".utf8.contains(byte) { bits |= special }
      if "^!*@$#`|&?%~".utf8.contains(byte) { bits |= evidence }
      if (0x41...0x5a).contains(byte) { bits |= upper }
      if (0x61...0x7a).contains(byte) { bits |= lower }
      table[Int(byte)] = bits
    }
    return UnsafePointer(table)
  }()
}
