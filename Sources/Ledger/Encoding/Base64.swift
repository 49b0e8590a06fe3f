/// Standard base64 with padding (RFC 4648 §4), in its one canonical form.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8?] = {
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    append(bytes, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// What ``encode(_:)`` gives, where a text is being written.
  package static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
    var rest = bytes.makeIterator()
    while let first = rest.next() {
      let second = rest.next()
      let third = second == nil ? nil : rest.next()
      let group = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
      text.append(alphabet[Int(group >> 18)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(second == nil ? UInt8(ascii: "=") : alphabet[Int(group >> 6 & 63)])
      text.append(third == nil ? UInt8(ascii: "=") : alphabet[Int(group & 63)])
    }
  }

  /// - Returns: `nil` for anything that ``encode(_:)`` would not have written: no padding, characters outside the
  ///   alphabet, or bits set behind the last byte.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count % 4 == 0 else { return nil }
    let padding = characters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(characters.count / 4 * 3)
    var (bits, bitCount): (UInt32, UInt32) = (0, 0)
    for character in characters.dropLast(padding) {
      guard let value = values[Int(character)] else { return nil }
      bits = bits << 6 | UInt32(value)
      bitCount += 6
      guard bitCount >= 8 else { continue }
      bitCount -= 8
      out.append(UInt8(truncatingIfNeeded: bits >> bitCount))
      bits &= (1 << bitCount) - 1
    }
    return bits == 0 ? out : nil
  }
}
