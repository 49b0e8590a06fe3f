/// Addresses of payment chains, by the checksum that each has.
enum CryptoAddress {
  /// Pay to a public key's hash (0) or a script's (5), or a witness program of BIP 141.
  static func bitcoin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(hasVersion(text, [0x00, 0x05]) || isWitness(text, prefix: "bc"))
  }

  static func litecoin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(hasVersion(text, [0x30, 0x32]) || isWitness(text, prefix: "ltc"))
  }

  static func dogecoin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(hasVersion(text, [0x1e, 0x16]))
  }

  static func dash(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(hasVersion(text, [0x4c, 0x10]))
  }

  static func tron(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(hasVersion(text, [0x41]))
  }

  /// Transparent addresses, whose version has two bytes.
  static func zcash(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let body = Base58.checked(text)
    return Validator.Verdict(
      body?.count == 22 && (body?.prefix(2) == [0x1c, 0xb8] || body?.prefix(2) == [0x1c, 0xbd]))
  }

  /// tz1, tz2, tz3 and KT1, whose version has three bytes.
  static func tezos(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(Base58.checked(text)?.count == 23)
  }

  static func ripple(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let body = Base58.checked(text, Base58.ripple)
    return Validator.Verdict(body?.count == 21 && body?.first == 0)
  }

  static func bitcoinCash(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(Bech32.isCashAddress(text))
  }

  /// CIP 19: bech32 without a limit of length.
  static func cardano(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(
      Bech32.decode(text, prefix: "addr")?.kind == .bech32 || Bech32.decode(text, prefix: "stake")?.kind == .bech32)
  }

  static func cosmos(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(Bech32.decode(text, prefix: "cosmos")?.kind == .bech32)
  }

  /// A public key of 32 bytes, without a checksum; a word of letters alone is none.
  static func solana(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let hasDigit = text.contains { (0x30...0x39).contains($0) }
    return Validator.Verdict(hasDigit && Base58.decode(text)?.count == 32)
  }

  private static func hasVersion(_ text: UnsafeBufferPointer<UInt8>, _ versions: Set<UInt8>) -> Bool {
    guard let body = Base58.checked(text), body.count == 21, let version = body.first else { return false }
    return versions.contains(version)
  }

  /// BIP 350: version 0 has the first checksum, and 20 or 32 bytes; the others have the second.
  private static func isWitness(_ text: UnsafeBufferPointer<UInt8>, prefix: StaticString) -> Bool {
    guard let decoded = Bech32.decode(text, prefix: prefix), let version = decoded.values.first, version <= 16 else {
      return false
    }
    let bits = (decoded.values.count - 1) * 5
    guard bits % 8 < 5, (2...40).contains(bits / 8) else { return false }
    return version == 0 ? decoded.kind == .bech32 && [20, 32].contains(bits / 8) : decoded.kind == .bech32m
  }

  /// EIP-55: a letter is a capital where the hash of the lower-case address has a digit of 8 or more. One case
  /// throughout is allowed, and carries no checksum.
  static func ethereum(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 42 else { return .refuted }
    let digits = Array(text.dropFirst(2))
    let letters = digits.filter { $0 >= 0x41 }
    guard Set(digits.suffix(24)).count > 4 else { return .refuted }
    if letters.allSatisfy({ $0 < 0x61 }) || letters.allSatisfy({ $0 >= 0x61 }) { return .doubtful }
    let hash = Keccak256.hash(digits.map { $0 >= 0x41 ? $0 | 0x20 : $0 })
    let isRight = digits.enumerated().allSatisfy { index, digit in
      let nibble = index % 2 == 0 ? hash[index / 2] >> 4 : hash[index / 2] & 15
      return digit < 0x41 || (digit < 0x61) == (nibble >= 8)
    }
    return Validator.Verdict(isRight)
  }

  /// Base 58 in blocks of eleven characters for eight bytes, and four bytes of Keccak at the end.
  static func monero(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 95 || text.count == 106 else { return .refuted }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 11) {
      let block = text[start..<min(text.count, start + 11)]
      guard let size = [7: 5, 11: 8][block.count], let decoded = Base58.decode(block) else { return .refuted }
      let number = decoded.drop { $0 == 0 }
      guard number.count <= size else { return .refuted }
      bytes += [UInt8](repeating: 0, count: size - number.count) + number
    }
    let body = Array(bytes.dropLast(4))
    return Validator.Verdict(Keccak256.hash(body).prefix(4).elementsEqual(bytes.suffix(4)))
  }

  /// Stellar's StrKey: base 32 of a version, 32 bytes and CRC-16 (XModem), its low byte first.
  static func stellar(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 56 else { return .refuted }
    var bytes: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in text {
      switch byte {
      case 0x41...0x5a: bits = bits << 5 | (Int(byte) - 0x41)
      case 0x32...0x37: bits = bits << 5 | (Int(byte) - 0x18)
      default: return .refuted
      }
      count += 5
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(bits >> count & 0xff))
      bits &= 1 << count - 1
    }
    let sum = crc16(bytes.dropLast(2))
    return Validator.Verdict(bytes.suffix(2).elementsEqual([UInt8(sum & 0xff), UInt8(sum >> 8)]))
  }

  /// The polynomial 0x1021 from zero.
  static func crc16(_ bytes: some Sequence<UInt8>) -> UInt16 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ UInt16(byte) << 8) { value, _ in value << 1 ^ (value & 0x8000 == 0 ? 0 : 0x1021) }
    }
  }

  /// TON: 36 bytes in either base 64, of which the last two are CRC-16.
  static func ton(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 48, let bytes = Base64.decode(text), bytes.count == 36 else { return .refuted }
    let sum = crc16(bytes.dropLast(2))
    return Validator.Verdict(bytes.suffix(2).elementsEqual([UInt8(sum >> 8), UInt8(sum & 0xff)]))
  }
}
