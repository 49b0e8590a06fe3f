internal import Evidence

/// What becomes of code on its way.
enum Form: String, CaseIterable {
  case verbatim, json, jsonTwice, base64, hex, numbered, diff, indented, wrapped, upperCase

  func text(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    let text = Array(lines.joined(separator: [0x0a]))
    switch self {
    case .verbatim: return text
    case .json: return Self.json(text)
    case .jsonTwice: return Self.json(Self.json(text))
    case .base64: return Self.base64(text)
    case .hex: return text.flatMap { [Self.hexDigits[Int($0 >> 4)], Self.hexDigits[Int($0 & 15)]] }
    case .numbered: return lines.enumerated().flatMap { Array("\($0.offset + 91)\t".utf8) + $0.element + [0x0a] }
    case .diff: return lines.flatMap { [UInt8(ascii: "+")] + $0 + [0x0a] }
    case .indented: return lines.flatMap { Array("\t\t".utf8) + $0.drop { $0 == 0x20 || $0 == 0x09 } + [0x0d, 0x0a] }
    case .wrapped: return Array(text.split { $0 == 0x20 || $0 == 0x0a }.joined(separator: [0x0a]))
    case .upperCase: return text.map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 }
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  private static func json(_ text: [UInt8]) -> [UInt8] {
    let value: JSONValue = ["messages": [["role": "user", "content": .string(String(decoding: text, as: UTF8.self))]]]
    return (try? CanonicalJSON.encode(value)) ?? []
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return text
  }

  /// Every name that is no reserved word of C, C++, Go, JavaScript, Python, Rust or Swift gets another one.
  static func renamed(_ text: [UInt8]) -> [UInt8] {
    var renamed: [UInt8] = []
    var index = 0
    while index < text.count {
      guard isWord(text[index]) else {
        renamed.append(text[index])
        index += 1
        continue
      }
      let end = text[index...].firstIndex { !isWord($0) } ?? text.count
      let word = text[index..<end]
      if (0x30...0x39).contains(text[index]) || reserved.contains(String(decoding: word, as: UTF8.self)) {
        renamed += word
      } else {
        renamed += Array("v\(word.reduce(5) { ($0 &* 31 &+ Int($1)) % 99_991 })".utf8)
      }
      index = end
    }
    return renamed
  }

  /// How a line is built: its signs and reserved words, with one letter for each name, number and text. The lines of a table
  /// are all built alike, and nothing is left of them when what is in them is changed.
  static func shape(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var shape: [UInt8] = []
    var (index, quote): (Int, UInt8?) = (line.startIndex, nil)
    while index < line.endIndex {
      let byte = line[index]
      let end = isWord(byte) ? line[index...].firstIndex { !isWord($0) } ?? line.endIndex : index + 1
      let word = line[index..<end]
      index = end
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
        quote = byte
        shape.append(UInt8(ascii: "s"))
      } else if byte > 0x20 {
        let isKept = !isWord(byte) || reserved.contains(String(decoding: word, as: UTF8.self))
        shape += isKept ? Array(word) : [UInt8(ascii: "n")]
      }
    }
    return shape
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static let reserved = Set(
    """
    if else for while do switch case default break continue return goto function func fn def lambda class struct enum
    union interface trait impl protocol extension namespace package import use using from export public private
    protected internal static final const let var mut auto extern inline virtual override abstract new delete try catch
    except finally throw throws raise with as in is not and or async await yield self this super nil null none None true
    True false False void int char float double bool long short unsigned signed template typename typedef where guard
    defer pub mod ref move unsafe crate elif pass del global nonlocal assert sizeof instanceof typeof extends implements
    match type select chan go range map
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
