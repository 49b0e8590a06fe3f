/// Keys in base32 (RFC 4648 §6, no padding) whose last two bytes are the CRC-16 of the others, low byte first.
///
/// - Source: NATS nkeys <https://github.com/nats-io/nkeys>, `strkey.go` and `crc16.go`; Stellar SEP-23
///   <https://stellar.org/protocol/sep-23>. Both use CRC-16/XMODEM.
enum Base32Keys {
  private static let checksumLength = 2
  private static let longest = 64
  /// Account, cluster, operator, server, user, curve: the kinds of key of which NATS makes seeds.
  private static let seedKinds: [UInt8] = [0, 2 << 3, 14 << 3, 13 << 3, 20 << 3, 23 << 3]

  /// A NATS seed: `S` in five bits, the kind of key in eight, 32 bytes.
  static func natsSeed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let payload = payload(text), payload.count == 34 else { return .refuted }
    let kind = (payload[0] & 7) << 5 | payload[1] >> 3
    return Validator.Verdict(payload[0] & 0xf8 == 18 << 3 && seedKinds.contains(kind))
  }

  /// A Stellar seed: version 18, 32 bytes.
  static func stellarSeed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let payload = payload(text) else { return .refuted }
    return Validator.Verdict(payload.count == 33 && payload[0] == 18 << 3)
  }

  /// - Returns: the bytes without their checksum; `nil` where that is wrong.
  private static func payload(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let bytes = decode(text), bytes.count > checksumLength else { return nil }
    let payload = Array(bytes.dropLast(checksumLength))
    let checksum = crc16(payload)
    return bytes.suffix(checksumLength).elementsEqual([UInt8(checksum & 0xff), UInt8(checksum >> 8)]) ? payload : nil
  }

  private static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count <= longest else { return nil }
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in text {
      switch byte {
      case 0x41...0x5a: bits = (bits << 5 | (UInt32(byte) - 0x41)) & 0xffff
      case 0x32...0x37: bits = (bits << 5 | (UInt32(byte) - 0x32 + 26)) & 0xffff
      default: return nil
      }
      count += 5
      guard count >= 8 else { continue }
      count -= 8
      out.append(UInt8(bits >> count & 0xff))
    }
    // A character of which nothing is used is one too many.
    return count < 5 ? out : nil
  }

  /// Polynomial 0x1021, from zero, most significant bit first.
  private static func crc16(_ bytes: [UInt8]) -> UInt16 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ UInt16(byte) << 8) { value, _ in value << 1 ^ (value & 0x8000 == 0 ? 0 : 0x1021) }
    }
  }
}
