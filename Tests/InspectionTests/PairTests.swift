internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// A file with a secret in it, in every encoding and every pair of them, in every place that something can be put.
@Suite struct PairTests {
  @Test("a secret is found under every pair of encodings, wherever it is put")
  func pairs() throws {
    let file = try Self.file()
    var wrong: [String] = []
    var count = 0
    for outer in Layer.all {
      for inner in [Layer.none] + Layer.all {
        guard let text = try outer.encode(inner, file) else { continue }
        for carrier in Carrier.allCases where outer.isText || carrier.takesBytes {
          count += 1
          let body = carrier.put(text)
          let isFound = try inspect(body, carrier.content).findings.contains { $0.detector == "github-token" }
          let reason = Self.whyNot(outer, inner, carrier)
          if isFound != (reason == nil) {
            wrong.append(
              "\(inner.name) in \(outer.name), \(carrier): \(isFound ? "found, though \(reason ?? "")" : "missed")")
          }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(count):\n\(wrong.joined(separator: "\n"))")
  }

  @Test("a secret whose encoding is still open is found as if the message ended")
  func open() throws {
    let file = try Self.file()
    var wrong: [String] = []
    for outer in Layer.all where outer.isText {
      for inner in [Layer.none] + Layer.all where inner.isText || inner.name.hasPrefix("UTF-16") {
        guard let text = try outer.encode(inner, file), Self.whyNot(outer, inner, .bare) == nil else { continue }
        for carrier in [Carrier.bare, .text] {
          var inspector = MessageInspector(try Detectors.set(), content: carrier.content, place: .body)
          let body = carrier.put(text).prefix(carrier == .bare ? .max : carrier.before.count + text.count)
          body.withUnsafeBytes { inspector.inspect($0) }
          if !inspector.findingsSoFar().findings.contains(where: { $0.detector == "github-token" }) {
            wrong.append("\(inner.name) in \(outer.name), \(carrier)")
          }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count):\n\(wrong.joined(separator: "\n"))")
  }

  /// Why a combination cannot be found; `nil` where it must be.
  private static func whyNot(_ outer: Layer, _ inner: Layer, _ carrier: Carrier) -> String? {
    if outer.name == "deflate", inner.name == "br", [.form, .query].contains(carrier) {
      return "in the midst of text two bytes that may be zlib are believed if text comes out, and this is none"
    }
    return nil
  }

  private static func file() throws -> [UInt8] {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    let token = try #require(rule.examples[0].split(separator: " ").last)
    return Array("# configuration of the service\nGITHUB_TOKEN=\(token)\nPORT=80\n".utf8)
  }
}

/// One encoding of the property.
struct Layer: Sendable {
  let name: String
  /// Whether the outcome is text, which can stand in JSON or in a field.
  let isText: Bool
  /// Whether it is one of text only.
  var wantsText = false
  let apply: @Sendable ([UInt8]) throws -> [UInt8]

  /// - Returns: `nil` where there is no such thing.
  func encode(_ inner: Layer, _ file: [UInt8]) throws -> [UInt8]? {
    guard !wantsText || inner.isText else { return nil }
    return try apply(try inner.apply(file))
  }

  static let none = Layer(name: "plain", isText: true) { $0 }

  static let all: [Layer] = [
    Layer(name: "base64", isText: true) { Encode.base64($0) },
    Layer(name: "base64 unpadded", isText: true) { Encode.base64($0, padded: false) },
    Layer(name: "base64url unpadded", isText: true) { Encode.base64($0, urlSafe: true, padded: false) },
    Layer(name: "base64 in lines of 76", isText: true) { Encode.lines(Encode.base64($0), of: 76, end: "\r\n") },
    Layer(name: "base64 in lines of 20", isText: true) { Encode.lines(Encode.base64($0), of: 20, end: "\n") },
    Layer(name: "base64 in words of 8", isText: true) { Encode.lines(Encode.base64($0), of: 8, end: " ") },
    Layer(name: "hex", isText: true) { Encode.hex($0) },
    Layer(name: "HEX", isText: true) { Encode.capitals(Encode.hex($0)) },
    Layer(name: "hex with spaces", isText: true) { Encode.lines(Encode.hex($0), of: 2, end: " ") },
    Layer(name: "HEX with colons", isText: true) { Encode.lines(Encode.capitals(Encode.hex($0)), of: 2, end: ":") },
    Layer(name: "hex with dashes", isText: true) { Encode.lines(Encode.hex($0), of: 2, end: "-") },
    Layer(name: "hex numbers", isText: true) { Array("0x".utf8) + Encode.lines(Encode.hex($0), of: 2, end: ", 0x") },
    Layer(name: "hex in lines of 60", isText: true) { Encode.lines(Encode.hex($0), of: 60, end: "\n") },
    Layer(name: "percent", isText: true) { Encode.percent($0, all: false) },
    Layer(name: "percent, every byte", isText: true) { Encode.percent($0, all: true) },
    Layer(name: "base32", isText: true) { Encode.base32($0) },
    Layer(name: "base32, small and unpadded", isText: true) { bytes in
      Encode.base32(bytes).filter { $0 != UInt8(ascii: "=") }.map { $0 | 0x20 }
    },
    Layer(name: "quoted-printable", isText: true) { Encode.quotedPrintable($0, all: false) },
    Layer(name: "quoted-printable, every byte", isText: true) { Encode.quotedPrintable($0, all: true) },
    Layer(name: "C escapes", isText: true) { $0.flatMap { Array("\\x".utf8) + Encode.hex([$0]) } },
    Layer(name: "UTF-16LE", isText: false, wantsText: true) { Encode.utf16($0, littleEndian: true) },
    Layer(name: "UTF-16BE", isText: false, wantsText: true) { Encode.utf16($0, littleEndian: false) },
    Layer(name: "gzip", isText: false) { try Encode.compressed($0, .gzip) },
    Layer(name: "deflate", isText: false) { try Encode.compressed($0, .deflate) },
    Layer(name: "br", isText: false) { try Encode.compressed($0, .br) },
    Layer(name: "zstd", isText: false) { try Encode.compressed($0, .zstd) },
  ]
}

/// One place of a message that something is put in.
enum Carrier: CaseIterable {
  case bare, json, form, text, multipart, header, query

  /// Whether bytes that are no text can stand there; form and query escape them.
  var takesBytes: Bool { [.bare, .form, .multipart, .query].contains(self) }

  var content: ContentDescription {
    switch self {
    case .form: ContentDescription(contentType: "application/x-www-form-urlencoded")
    case .multipart: ContentDescription(contentType: "multipart/form-data; boundary=xyz")
    default: .none
    }
  }

  var before: [UInt8] {
    switch self {
    case .bare: []
    case .json: Array(#"{"a":1,"data":"#.utf8)
    case .form: Array("a=1&data=".utf8)
    case .text: Array("here is the value: ".utf8)
    case .multipart:
      Array("--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n".utf8)
    case .header: Array("accept: */*\u{1e}\nx-data: ".utf8)
    case .query: Array("/path?a=1&data=".utf8)
    }
  }

  private var after: [UInt8] {
    switch self {
    case .bare: []
    case .json: Array(#","b":2}"#.utf8)
    case .form, .query: Array("&b=2".utf8)
    case .text: Array(" and more text follows\n".utf8)
    case .multipart: Array("\r\n--xyz--\r\n".utf8)
    case .header: Array("\u{1e}\nx-other: 1\u{1e}\n".utf8)
    }
  }

  func put(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .json: before + Encode.json(text) + after
    case .form, .query: before + Encode.percent(text, all: false) + after
    // A field's value has no lines (RFC 9110 §5.5), and so no line ends that stand for nothing.
    case .header: before + Encode.joined(text) + after
    case .bare, .text, .multipart: before + text + after
    }
  }
}
