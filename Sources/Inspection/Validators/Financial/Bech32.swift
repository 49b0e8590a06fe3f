/// Base 32 with a checksum by Bose, Chaudhuri and Hocquenghem: BIP 173, BIP 350, and Bitcoin Cash's longer one.
enum Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  /// More characters than any address has.
  private static let longest = 128

  enum Kind { case bech32, bech32m }

  /// - Returns: the kind of checksum and the values without it; `nil` for another prefix or a wrong checksum.
  static func decode(_ text: UnsafeBufferPointer<UInt8>, prefix: StaticString) -> (kind: Kind, values: [UInt8])? {
    let wanted = prefix.withUTF8Buffer { Array($0) }
    guard text.count <= longest, let bytes = lowered(text), bytes.starts(with: wanted), wanted.count + 7 < bytes.count,
      bytes[wanted.count] == UInt8(ascii: "1"), let values = values(bytes.dropFirst(wanted.count + 1))
    else { return nil }
    let sum = checksum(wanted.map { $0 >> 5 } + [0] + wanted.map { $0 & 31 } + values)
    switch sum {
    case 1: return (.bech32, Array(values.dropLast(6)))
    case 0x2bc8_30a3: return (.bech32m, Array(values.dropLast(6)))
    default: return nil
    }
  }

  private static func values(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var values: [UInt8] = []
    for byte in text {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      values.append(UInt8(value))
    }
    return values
  }

  /// One case throughout, or none.
  private static func lowered(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let hasUpper = text.contains { (0x41...0x5a).contains($0) }
    let hasLower = text.contains { (0x61...0x7a).contains($0) }
    guard !(hasUpper && hasLower) else { return nil }
    return text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func checksum(_ values: [UInt8]) -> UInt32 {
    let generators: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
    return values.reduce(1) { sum, value in
      let top = sum >> 25
      var sum = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
      for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 != 0 { sum ^= generator }
      return sum
    }
  }

  /// - Source: Bitcoin Cash, "CashAddr": forty bits of checksum over prefix, zero and values.
  static func isCashAddress(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let prefix = Array("bitcoincash".utf8)
    let generators: [UInt64] = [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470]
    guard text.count <= longest, let bytes = lowered(text),
      let values = values(bytes.starts(with: prefix + [0x3a]) ? bytes.dropFirst(prefix.count + 1) : bytes[...]),
      values.count == 42
    else { return false }
    let sum = (prefix.map { $0 & 31 } + [0] + values).reduce(UInt64(1)) { sum, value in
      let top = sum >> 35
      var sum = (sum & 0x7_ffff_ffff) << 5 ^ UInt64(value)
      for (bit, generator) in generators.enumerated() where top >> UInt64(bit) & 1 != 0 { sum ^= generator }
      return sum
    }
    return sum == 1
  }
}
