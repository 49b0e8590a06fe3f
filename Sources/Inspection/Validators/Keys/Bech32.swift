/// Bech32: a name, a `1`, and 5-bit values of which the last six are a checksum over the name and the others.
///
/// - Source: BIP-173; age, <https://age-encryption.org/v1>, whose secret keys are 32 bytes in upper case.
enum Bech32 {
  private static let alphabet = Array("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".utf8)
  private static let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
  private static let longest = 4096

  /// `AGE-SECRET-KEY-1…`: what fails may be one with a typing error, still worth hiding.
  static func ageSecretKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= longest, let separator = text.lastIndex(of: UInt8(ascii: "1")) else { return .refuted }
    var values: [UInt8] = []
    for byte in text[(separator + 1)...] {
      guard let value = alphabet.firstIndex(of: byte) else { return .refuted }
      values.append(UInt8(value))
    }
    // The name is checked in lower case, as BIP-173 has it.
    let name = text[..<separator].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let expanded = name.map { $0 >> 5 } + [0] + name.map { $0 & 31 }
    return polymod(expanded + values) == 1 ? .confirmed : .doubtful
  }

  private static func polymod(_ values: [UInt8]) -> UInt32 {
    values.reduce(1) { sum, value in
      let top = sum >> 25
      let next = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
      return generator.indices.reduce(next) { $0 ^ (top >> UInt32($1) & 1 == 1 ? generator[$1] : 0) }
    }
  }
}
