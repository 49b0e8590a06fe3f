internal import Crypto

/// Numbers in base 58, as addresses of most chains are written: without 0, O, I and l.
enum Base58 {
  static let bitcoin = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  static let ripple = Array("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz".utf8)
  /// More characters than any address has.
  private static let longest = 128

  /// - Returns: the bytes, each first character of the alphabet at the beginning being one of zero.
  static func decode(_ text: some Collection<UInt8>, _ alphabet: [UInt8] = bitcoin) -> [UInt8]? {
    guard text.count <= longest else { return nil }
    var reversed: [UInt8] = []
    for byte in text {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      var carry = digit
      for index in reversed.indices {
        carry += Int(reversed[index]) * 58
        reversed[index] = UInt8(carry & 0xff)
        carry >>= 8
      }
      while carry > 0 {
        reversed.append(UInt8(carry & 0xff))
        carry >>= 8
      }
    }
    let zeros = text.prefix { $0 == alphabet.first }.count
    return [UInt8](repeating: 0, count: zeros) + reversed.reversed()
  }

  /// - Returns: what stands before the four bytes of checksum; `nil` where they are others.
  static func checked(_ text: some Collection<UInt8>, _ alphabet: [UInt8] = bitcoin) -> [UInt8]? {
    guard let bytes = decode(text, alphabet), bytes.count > 4 else { return nil }
    let body = Array(bytes.dropLast(4))
    return sha256(sha256(body)).prefix(4).elementsEqual(bytes.suffix(4)) ? body : nil
  }

  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { Array(SHA256.hash(data: $0)) }
  }
}
