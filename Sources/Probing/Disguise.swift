/// Encodings of a credential, each reversible by whoever is to get it.
enum Disguise {
  enum Alphabet {
    case standard
    case url
  }

  static func base64(_ bytes: [UInt8], alphabet: Alphabet = .standard) -> [UInt8] {
    let last = alphabet == .standard ? "+/" : "-_"
    let letters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
    return grouped(bytes, bits: 6, letters, groupOf: alphabet == .standard ? 4 : 1)
  }

  static func base32(_ bytes: [UInt8]) -> [UInt8] {
    grouped(bytes, bits: 5, Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8), groupOf: 8)
  }

  private static func grouped(_ bytes: [UInt8], bits: Int, _ letters: [UInt8], groupOf size: Int) -> [UInt8] {
    var out: [UInt8] = []
    var (held, count) = (0, 0)
    for byte in bytes {
      (held, count) = (held << 8 | Int(byte), count + 8)
      while count >= bits {
        count -= bits
        out.append(letters[held >> count & ((1 << bits) - 1)])
        held &= (1 << count) - 1
      }
    }
    if count > 0 { out.append(letters[held << (bits - count) & ((1 << bits) - 1)]) }
    while out.count % size != 0 { out.append(UInt8(ascii: "=")) }
    return out
  }

  static func pair(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
  static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { Array(pair($0).utf8) } }
  static func percent(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { Array("%\(pair($0))".utf8) } }

  /// RFC 1952.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] + deflate(bytes, isLast: true) + little(checksum(bytes))
      + little(UInt32(bytes.count))
  }

  /// RFC 1950, as PDF and PNG hold it.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let low = (sums.0 + UInt32(byte)) % 65_521
      return (low, (sums.1 + low) % 65_521)
    }
    return [0x78, 0x9c] + deflate(bytes, isLast: true) + little(high << 16 | low).reversed()
  }

  /// A file in a ZIP archive, as office documents hold their texts (APPNOTE.TXT §4.3.7).
  static func archive(_ bytes: [UInt8]) -> [UInt8] {
    let (name, packed) = (Array("word/document.xml".utf8), deflate(bytes, isLast: true))
    return [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0x5c] + little(checksum(bytes))
      + little(UInt32(packed.count))
      + little(UInt32(bytes.count)) + [UInt8(name.count), 0, 0, 0] + name + packed
  }

  /// A message of a WebSocket (RFC 7692 §7.2.1): an empty block behind, without its last four bytes.
  static func message(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, isLast: false) }

  /// One block with the fixed codes of RFC 1951 §3.2.6, so that no letter stands as it is.
  private static func deflate(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var bits = BitWriter()
    bits.put(isLast ? 1 : 0, 1)
    bits.put(1, 2)
    for byte in bytes {
      // Huffman codes go in from their highest bit.
      if byte < 144 { bits.putReversed(0x30 + Int(byte), 8) } else { bits.putReversed(0x190 + Int(byte) - 144, 9) }
    }
    bits.putReversed(0, 7)
    if !isLast { bits.put(0, 3) }
    return bits.bytes
  }

  private static func little(_ value: UInt32) -> [UInt8] { [0, 8, 16, 24].map { UInt8(value >> $0 & 0xff) } }

  /// CRC-32 (RFC 1952 §8).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { value, byte in
      (0..<8).reduce(value ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xedb8_8320 : rest >> 1 }
    }
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 0

    mutating func put(_ value: Int, _ count: Int) {
      for position in 0..<count {
        if used % 8 == 0 { bytes.append(0) }
        if value >> position & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(used % 8) }
        used += 1
      }
    }

    mutating func putReversed(_ value: Int, _ count: Int) {
      for position in (0..<count).reversed() { put(value >> position & 1, 1) }
    }
  }
}
