internal import Compression
internal import Decoding
internal import Testing

/// A generator whose sequence a test can repeat (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

enum Encode {
  /// RFC 4648 §4 and §5, bit by bit.
  static func base64(_ bytes: [UInt8], urlSafe: Bool = false, padded: Bool = true) -> [UInt8] {
    let alphabet = Array(
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + (urlSafe ? "-_" : "+/")).utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      var bits = 0
      for (index, byte) in group.enumerated() { bits |= Int(byte) << (16 - 8 * index) }
      for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      if padded { out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count) }
    }
    return out
  }

  static func hex(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Without line ends, nor those that quoted-printable hides.
  static func joined(_ text: [UInt8]) -> [UInt8] {
    String(decoding: text, as: UTF8.self).replacing("=\r\n", with: "").utf8.filter { $0 != 0x0a && $0 != 0x0d }
  }

  static func capitals(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 }
  }

  /// RFC 4648 §6, bit by bit.
  static func base32(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 5) {
      let group = bytes[start..<min(bytes.count, start + 5)]
      let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (32 - 8 * $1.offset) }
      let digits = (group.count * 8 + 4) / 5
      for index in 0..<digits { out.append(alphabet[bits >> (35 - 5 * index) & 31]) }
      out += [UInt8](repeating: UInt8(ascii: "="), count: 8 - digits)
    }
    return out
  }

  static func between(_ bytes: [UInt8], _ unseen: String) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.flatMap { Array(String($0).utf8) + Array(unseen.utf8) }
  }

  /// RFC 2045 §6.7, with lines of 76 characters.
  static func quotedPrintable(_ bytes: [UInt8], all: Bool) -> [UInt8] {
    var out: [UInt8] = []
    var column = 0
    for byte in bytes {
      let isPlain = !all && (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "=")
      let piece = isPlain ? [byte] : [UInt8(ascii: "=")] + capitals(hex([byte]))
      if column + piece.count > 75 {
        out += Array("=\r\n".utf8)
        column = 0
      }
      out += piece
      column += piece.count
    }
    return out
  }

  static func percent(_ bytes: [UInt8], all: Bool) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      return isPlain && !all ? [byte] : [UInt8(ascii: "%")] + hex([byte])
    }
  }

  /// A JSON string with its quotes (RFC 8259 §7).
  static func json(_ bytes: [UInt8], escapesSlash: Bool = true) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes {
      switch byte {
      case 0x0a: out += Array("\\n".utf8)
      case 0x0d: out += Array("\\r".utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "/") where escapesSlash: out += Array("\\/".utf8)
      case 0..<0x20: out += Array("\\u00".utf8) + hex([byte])
      default: out.append(byte)
      }
    }
    return out + [UInt8(ascii: "\"")]
  }

  /// A JSON string of nothing but UTF-16 code units in hexadecimal.
  static func escapes(_ bytes: [UInt8]) -> [UInt8] {
    let units = String(decoding: bytes, as: UTF8.self).utf16.flatMap { unit in
      Array("\\u".utf8) + hex([UInt8(unit >> 8), UInt8(unit & 255)])
    }
    return [UInt8(ascii: "\"")] + units + [UInt8(ascii: "\"")]
  }

  static func utf16(_ bytes: [UInt8], littleEndian: Bool) -> [UInt8] {
    let units = String(decoding: bytes, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
      return littleEndian ? [low, high] : [high, low]
    }
    return (littleEndian ? [0xff, 0xfe] : [0xfe, 0xff]) + units
  }

  /// Each scalar in its own way.
  static func scalars(_ bytes: [UInt8], _ written: (UInt32) -> String) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.flatMap { Array(written($0.value).utf8) }
  }

  /// Server-sent events with three characters each.
  ///
  /// - Parameter event: the data around a JSON string.
  static func events(_ bytes: [UInt8], _ event: (String) -> String) -> [UInt8] {
    characters(bytes, of: 3).flatMap { part in
      Array("event: delta\ndata: \(event(String(decoding: json(part), as: UTF8.self)))\n\n".utf8)
    }
  }

  /// Parts of so many scalars.
  static func characters(_ bytes: [UInt8], of count: Int) -> [[UInt8]] {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    return stride(from: 0, to: scalars.count, by: count).map { start in
      scalars[start..<min(scalars.count, start + count)].flatMap { Array(String($0).utf8) }
    }
  }

  static func lines(_ bytes: [UInt8], of width: Int, end: String) -> [UInt8] {
    Array(
      stride(from: 0, to: bytes.count, by: width).map { bytes[$0..<min(bytes.count, $0 + width)] }
        .joined(separator: Array(end.utf8)))
  }

  static func compressed(_ text: [UInt8], _ coding: ContentCoding) throws -> [UInt8] {
    var compressor = try Compressor(coding)
    var out: [UInt8] = []
    try text.withUnsafeBytes { try compressor.compress($0) { out += $0 } }
    try compressor.finish { out += $0 }
    return out
  }

  /// A ZIP archive's first file, after one that is stored as it is.
  static func archive(_ text: [UInt8]) throws -> [UInt8] {
    func head(_ method: UInt8, _ count: Int, _ name: String) -> [UInt8] {
      let sizes = [0, 8, 16, 24].map { UInt8(count >> $0 & 0xff) }
      return [0x50, 0x4b, 3, 4, 20, 0, 0, 0, method, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + sizes
        + [UInt8(name.utf8.count), 0, 4, 0] + Array(name.utf8) + [0, 0, 0, 0]
    }
    let packed = Array(try compressed(text, .deflate).dropFirst(2).dropLast(4))
    return head(0, 2, "mimetype") + [0x61, 0x62] + head(8, packed.count, "a/long/name/of/a/document.xml") + packed
  }
}

/// One way to send a text.
struct Encoding: Sendable, CustomTestStringConvertible {
  let name: String
  var content = ContentDescription.none
  let encode: @Sendable ([UInt8]) throws -> [UInt8]
  var testDescription: String { name }

  static let all = ordinary + ofText

  private static let ordinary: [Encoding] = [
    Encoding(name: "plain") { $0 },
    Encoding(name: "json") {
      Array(#"{"messages":[{"role":"user","content":"#.utf8) + Encode.json($0) + Array("}]}".utf8)
    },
    Encoding(name: "json of escapes only") {
      Array(#"{"a":"#.utf8) + Encode.escapes($0) + Array("}".utf8)
    },
    Encoding(name: "json in json") {
      let inner = Array(#"{"command":"#.utf8) + Encode.json($0) + Array("}".utf8)
      return Array(#"{"arguments":"#.utf8) + Encode.json(inner) + Array("}".utf8)
    },
    Encoding(name: "json in json in json") { text in
      (0..<3).reduce(text) { inner, _ in Array(#"{"a":"#.utf8) + Encode.json(inner) + Array("}".utf8) }
    },
    Encoding(name: "event stream") {
      Array("event: x\ndata: {\"delta\":".utf8) + Encode.json($0) + Array("}\n\ndata: [DONE]\n\n".utf8)
    },
    Encoding(name: "deltas of a message") { text in
      Encode.events(text) {
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"# + $0 + "}}"
      }
    },
    Encoding(name: "deltas of a tool call") { text in
      Encode.events(Encode.json(text)) {
        #"{"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"# + $0 + "}}]}}]}"
      }
    },
    Encoding(name: "deltas of a response") { text in
      Encode.events(text) { #"{"type":"response.output_text.delta","sequence_number":12,"delta":"# + $0 + "}" }
    },
    Encoding(name: "deltas that a request quotes") { text in
      let stream = Encode.events(text) {
        #"{"choices":[{"index":0,"delta":{"content":"# + $0 + "},\"finish_reason\":null}]}"
      }
      return Array(#"{"messages":[{"role":"user","content":"#.utf8) + Encode.json(stream) + Array("}]}".utf8)
    },
    Encoding(name: "lines of JSON") { text in
      Encode.characters(text, of: 5).flatMap {
        Array(#"{"model":"m","message":{"role":"assistant","content":"#.utf8) + Encode.json($0)
          + Array("},\"done\":false}\n".utf8)
      }
    },
    Encoding(name: "percent") { Array("/p?q=".utf8) + Encode.percent($0, all: false) },
    Encoding(name: "percent, every byte") { Array("/p?q=".utf8) + Encode.percent($0, all: true) },
    Encoding(name: "percent twice") { Encode.percent(Encode.percent($0, all: true), all: false) },
    Encoding(name: "form", content: ContentDescription(contentType: "application/x-www-form-urlencoded")) { text in
      Array("a=1&text=".utf8)
        + text.flatMap { $0 == 0x20 ? [UInt8(ascii: "+")] : Encode.percent([$0], all: false) } + Array("&b=2".utf8)
    },
    Encoding(name: "base64") { Encode.base64($0) },
    Encoding(name: "base64, one byte on") { Encode.base64([UInt8(ascii: " ")] + $0) },
    Encoding(name: "base64, two bytes on") { Encode.base64(Array("> ".utf8) + $0) },
    Encoding(name: "base64 in a path") { Array("x/ab/".utf8) + Encode.base64(Array("  ".utf8) + $0, padded: false) },
    Encoding(name: "base64url without padding") { Encode.base64($0, urlSafe: true, padded: false) },
    Encoding(name: "base64, lines of 76") { Encode.lines(Encode.base64($0), of: 76, end: "\r\n") },
    Encoding(name: "base64, lines of 64 in json") {
      Encode.json(Encode.lines(Encode.base64($0), of: 64, end: "\n"))
    },
    Encoding(name: "base64 twice") { Encode.base64(Encode.base64($0)) },
    Encoding(name: "base64 three times in json") {
      Encode.json(Encode.base64(Encode.base64(Encode.base64($0))))
    },
    Encoding(name: "data URI") {
      Array("<img src=\"data:text/plain;base64,".utf8) + Encode.base64($0) + Array("\">".utf8)
    },
    Encoding(name: "hex") { Encode.hex($0) },
    Encoding(name: "hex after a prefix") { Array("0x".utf8) + Encode.hex($0) },
    Encoding(name: "hex in base64") { Encode.base64(Encode.hex($0)) },
    Encoding(name: "hex with spaces") { Encode.lines(Encode.hex($0), of: 2, end: " ") },
    Encoding(name: "hex numbers in a list") {
      Array("[0x".utf8) + Encode.lines(Encode.hex($0), of: 2, end: ", 0x") + Array("]".utf8)
    },
    Encoding(name: "base64 in words of 10") { Encode.lines(Encode.base64($0), of: 10, end: " ") },
    Encoding(name: "base32") { Encode.base32($0) },
    Encoding(name: "base32 after a prefix, in lines") { text in
      Array("a:b".utf8) + Encode.lines(Encode.base32(text), of: 60, end: "\n")
    },
    Encoding(name: "quoted-printable") { Encode.quotedPrintable($0, all: false) },
    Encoding(name: "quoted-printable in base64") { Encode.base64(Encode.quotedPrintable($0, all: true)) },
    Encoding(name: "zero-width joiners") { Encode.between($0, "\u{200d}") },
    Encoding(name: "byte order marks in JSON's escapes") { Encode.json(Encode.between($0, "\\ufeff")) },
    Encoding(name: "word joiners in gzip", content: ContentDescription(contentCodings: ["gzip"])) {
      try Encode.compressed(Encode.between($0, "\u{2060}"), .gzip)
    },
    Encoding(name: "brotli in base64") { Encode.base64(try Encode.compressed($0, .br)) },
    Encoding(name: "UTF-16LE") { Encode.utf16($0, littleEndian: true) },
    Encoding(name: "UTF-16BE") { Encode.utf16($0, littleEndian: false) },
    Encoding(name: "UTF-16LE in base64") { Encode.base64(Encode.utf16($0, littleEndian: true)) },
    Encoding(name: "gzip in base64") { Encode.base64(try Encode.compressed($0, .gzip)) },
    Encoding(name: "gzip in base64 in json in gzip", content: ContentDescription(contentCodings: ["gzip"])) {
      try Encode.compressed(Encode.json(Encode.base64(try Encode.compressed($0, .gzip))), .gzip)
    },
    Encoding(name: "gzip in wrapped base64") {
      Encode.lines(Encode.base64(try Encode.compressed($0, .gzip)), of: 76, end: "\n")
    },
    Encoding(name: "zlib in base64") { Encode.base64(try Encode.compressed($0, .deflate)) },
    Encoding(name: "zlib in a PDF in base64") {
      let words = try Encode.compressed(Array("BT (".utf8) + $0 + Array(") Tj ET".utf8), .deflate)
      return Encode.base64(Array("%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n".utf8) + words)
    },
    Encoding(name: "zlib in a PNG in base64 in JSON") {
      let head: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 99]
      let chunk = Array("zTXtComment".utf8) + [0, 0] + (try Encode.compressed($0, .deflate))
      return Array("{\"url\": \"data:image/png;base64,".utf8) + Encode.base64(head + chunk) + Array("\"}".utf8)
    },
    Encoding(name: "a file in a ZIP") { try Encode.archive($0) },
    Encoding(name: "a file in a ZIP in base64 in JSON") {
      Array("{\"file\": \"".utf8) + Encode.base64(try Encode.archive($0)) + Array("\"}".utf8)
    },
    Encoding(name: "a file in a ZIP in hex") { Encode.hex(try Encode.archive($0)) },
    Encoding(name: "zstd in base64") { Encode.base64(try Encode.compressed($0, .zstd)) },
    Encoding(name: "gzip in hex") { Encode.hex(try Encode.compressed($0, .gzip)) },
    Encoding(name: "gzip unannounced") { try Encode.compressed($0, .gzip) },
    Encoding(name: "zlib unannounced") { try Encode.compressed($0, .deflate) },
    Encoding(name: "zstd unannounced") { try Encode.compressed($0, .zstd) },
    Encoding(name: "a gzip message in a gRPC frame", content: ContentDescription(contentType: "application/grpc")) {
      let message = try Encode.compressed($0, .gzip)
      return [1, 0] + [16, 8, 0].map { UInt8(message.count >> $0 & 255) } + message
    },
    Encoding(
      name: "a gzip file in a form", content: ContentDescription(contentType: "multipart/form-data; boundary=xyz")
    ) {
      Array("--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.gz\"\r\n\r\n".utf8)
        + (try Encode.compressed($0, .gzip)) + Array("\r\n--xyz--\r\n".utf8)
    },
    Encoding(name: "gzip", content: ContentDescription(contentCodings: ["gzip"])) { try Encode.compressed($0, .gzip) },
    Encoding(name: "deflate", content: ContentDescription(contentCodings: ["deflate"])) {
      try Encode.compressed($0, .deflate)
    },
    Encoding(name: "bare deflate", content: ContentDescription(contentCodings: ["deflate"])) {
      Array(try Encode.compressed($0, .deflate).dropFirst(2).dropLast(4))
    },
    Encoding(name: "br", content: ContentDescription(contentCodings: ["br"])) { try Encode.compressed($0, .br) },
    Encoding(name: "zstd", content: ContentDescription(contentCodings: ["zstd"])) { try Encode.compressed($0, .zstd) },
    Encoding(name: "gzip, then br", content: ContentDescription(contentCodings: ["gzip", "br"])) {
      try Encode.compressed(try Encode.compressed($0, .gzip), .br)
    },
  ]
}
