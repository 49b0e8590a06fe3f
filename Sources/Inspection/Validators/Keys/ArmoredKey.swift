/// OpenPGP's ASCII armor: base64, and in a line of its own `=` and a CRC-24 of the bytes, which may be left out.
///
/// - Source: RFC 9580 §6.1, §6.2; RFC 4880 §6.1.
enum ArmoredKey {
  static func openPGP(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    var characters: [UInt8] = []
    var checksum: [UInt8] = []
    for line in text.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      // Quoted in source code, the lines are indented.
      let line = line.filter { $0 != 0x20 && $0 != 0x09 }
      if line.contains(UInt8(ascii: ":")) || line.starts(with: "--".utf8) { continue }
      if line.count == 5, line.first == UInt8(ascii: "=") {
        checksum = Array(line.dropFirst())
      } else {
        characters += line
      }
    }
    // The first packet's tag: always the high bit, and a secret key is of type 5.
    guard let bytes = Base64.decode(characters), bytes.count >= 32, bytes[0] & 0x80 != 0 else { return .doubtful }
    guard !checksum.isEmpty else { return .confirmed }
    guard let expected = Base64.decode(checksum), expected.count == 3 else { return .doubtful }
    let sum = crc24(bytes)
    return expected == [UInt8(sum >> 16 & 0xff), UInt8(sum >> 8 & 0xff), UInt8(sum & 0xff)] ? .confirmed : .doubtful
  }

  private static func crc24(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(0xb7_04ce) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte) << 16) { value, _ in
        let next = value << 1
        return (next & 0x100_0000 == 0 ? next : next ^ 0x186_4cfb) & 0xff_ffff
      }
    }
  }
}
