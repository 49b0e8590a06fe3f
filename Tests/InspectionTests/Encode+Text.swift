/// Encodings of source code, markup and people.
extension Encode {
  /// RFC 1924's alphabet, as Python's `b85encode`.
  static func base85(_ bytes: [UInt8], _ alphabet: String = rfc1924) -> [UInt8] {
    let alphabet = Array(alphabet.utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let group = Array(bytes[start..<min(bytes.count, start + 4)])
      var value = (0..<4).reduce(0) { $0 << 8 | Int($1 < group.count ? group[$1] : 0) }
      var digits: [UInt8] = []
      for _ in 0..<5 {
        digits.insert(alphabet[value % 85], at: 0)
        value /= 85
      }
      out += digits.prefix(group.count + 1)
    }
    return out
  }

  static let rfc1924 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
  static let z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
  static let ascii85 = String(decoding: UInt8(ascii: "!")...UInt8(ascii: "u"), as: UTF8.self)

  static func parts(_ bytes: [UInt8], of width: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: width).map { Array(bytes[$0..<min(bytes.count, $0 + width)]) }
  }

  /// Letters of ASCII as letters of other scripts that look like them.
  static func homoglyphs(_ bytes: [UInt8]) -> [UInt8] {
    let letters: [Character: Character] = [
      "A": "А", "B": "В", "E": "Ε", "H": "Н", "K": "Κ", "M": "М", "O": "О", "P": "Р", "T": "Т", "X": "Χ", "a": "а",
      "c": "с",
      "e": "е", "i": "і", "o": "ο", "p": "р", "s": "ѕ", "x": "х", "y": "у",
      "h": "һ",
    ]
    return Array(String(String(decoding: bytes, as: UTF8.self).map { letters[$0] ?? $0 }).utf8)
  }

  static func wide(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { byte in
      let isWide = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      return isWide ? byte + 0xfee0 : byte
    }
  }

  static func mathematical(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { byte in
      switch byte {
      case 0x41...0x5a: 0x1d5d4 + byte - 0x41
      case 0x61...0x7a: 0x1d5ee + byte - 0x61
      case 0x30...0x39: 0x1d7ec + byte - 0x30
      default: byte
      }
    }
  }

  static func tags(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { (0x20...0x7e).contains($0) ? 0xe0000 + $0 : $0 }
  }

  private static func mapped(_ bytes: [UInt8], _ map: (UInt32) -> UInt32) -> [UInt8] {
    scalars(bytes) { value in UnicodeScalar(map(value)).map { String($0) } ?? "" }
  }

  static func octal(_ bytes: [UInt8]) -> [UInt8] {
    let zero = UInt8(ascii: "0")
    return bytes.flatMap { byte -> [UInt8] in
      [UInt8(ascii: "\\"), zero + byte >> 6, zero + byte >> 3 & 7, zero + byte & 7]
    }
  }

  /// As `xxd` writes it.
  static func dump(_ bytes: [UInt8]) -> [UInt8] {
    let lines = parts(bytes, of: 16).enumerated().map { number, line in
      let digits = Array(parts(line, of: 2).map { hex($0) }.joined(separator: Array(" ".utf8)))
      let text = line.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }
      let offset = String(0x1_0000_0000 + 16 * number, radix: 16).dropFirst()
      let padding = [UInt8](repeating: 0x20, count: 41 - digits.count)
      return Array(offset.utf8) + Array(": ".utf8) + digits + padding + text
    }
    return Array(lines.joined(separator: Array("\n".utf8))) + Array("\n".utf8)
  }

  static func rot13(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { byte in
      switch byte {
      case 0x41...0x5a: (byte - 0x41 + 13) % 26 + 0x41
      case 0x61...0x7a: (byte - 0x61 + 13) % 26 + 0x61
      default: byte
      }
    }
  }
}
