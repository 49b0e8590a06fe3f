/// Base64 in both alphabets (RFC 4648 §4, §5), for the few tokens that are checked or rewritten.
enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5a: UInt32(byte) - 0x41
    case 0x61...0x7a: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  /// - Returns: `nil` for a character of neither alphabet, or a count of characters that no bytes have.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text where byte != UInt8(ascii: "=") {
      guard let value = value(byte) else { return nil }
      bits = bits << 6 | value
      count += 1
      guard count % 4 == 0 else { continue }
      out += [UInt8(bits >> 16 & 0xff), UInt8(bits >> 8 & 0xff), UInt8(bits & 0xff)]
    }
    switch count % 4 {
    case 0: return out
    case 2: return out + [UInt8(bits >> 4 & 0xff)]
    case 3: return out + [UInt8(bits >> 10 & 0xff), UInt8(bits >> 2 & 0xff)]
    default: return nil
    }
  }

  /// Without padding.
  static func encode(_ bytes: [UInt8], urlSafe isURLSafe: Bool) -> [UInt8] {
    let alphabet = isURLSafe ? urlSafe : standard
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      var bits = 0
      for (index, byte) in group.enumerated() { bits |= Int(byte) << (16 - 8 * index) }
      for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
    }
    return out
  }
}
