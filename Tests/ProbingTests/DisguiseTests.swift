internal import Compression
internal import Evidence
internal import Testing

@testable internal import Probing

@Suite struct DisguiseTests {
  @Test("encodings are those that readers know")
  func encodings() {
    #expect(String(decoding: Disguise.base64(Array("fooba".utf8)), as: UTF8.self) == "Zm9vYmE=")
    #expect(String(decoding: Disguise.base64([0xfb, 0xff], alphabet: .url), as: UTF8.self) == "-_8")
    #expect(String(decoding: Disguise.base32(Array("fooba".utf8)), as: UTF8.self) == "MZXW6YTB")
    #expect(String(decoding: Disguise.base32(Array("foo".utf8)), as: UTF8.self) == "MZXW6===")
    #expect(String(decoding: Disguise.hexadecimal([0, 0xab]), as: UTF8.self) == "00ab")
    #expect(String(decoding: Disguise.percent([0x7f]), as: UTF8.self) == "%7f")
  }

  @Test("the compressed form is gzip, and no letter of the text stands in it")
  func gzip() throws {
    let text = Array("a text with a key of letters, and bytes beyond: ".utf8) + (128...255).map { UInt8($0) }
    let compressed = Disguise.gzip(text)
    #expect(!String(decoding: compressed, as: UTF8.self).contains("letters"))
    var decompressor = try Decompressor(.gzip)
    var out: [UInt8] = []
    try compressed.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 10_000) { out += $0 } }
    #expect(out == text)
  }

  @Test("the compressed form in documents is zlib, and that of messages ends as theirs do")
  func zlib() throws {
    let text = Array("a text with a key of letters".utf8)
    for compressed in [Disguise.zlib(text), [0x78, 0x9c] + Disguise.message(text) + [0, 0, 0xff, 0xff]] {
      var decompressor = try Decompressor(.deflate)
      var out: [UInt8] = []
      try compressed.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 10_000) { out += $0 } }
      #expect(out == text)
    }
  }

  @Test("a frame is a client's, as RFC 6455 §5.2 has it")
  func frame() {
    let short = WebSocketBytes.frame(.text, [0x5a, 0x12], isFinal: false, isCompressed: true)
    #expect(short == [0x41, 0x82, 0x5a, 0x11, 0xc3, 0x7e, 0x00, 0x03])
    #expect(WebSocketBytes.frame(.ping, [UInt8](repeating: 0, count: 300)).prefix(4) == [0x89, 0xfe, 0x01, 0x2c])
  }
}

@Suite struct SightingTests {
  @Test("what was seen comes through as it was told", arguments: Sighting.Outcome.allCases)
  func roundTrip(_ outcome: Sighting.Outcome) throws {
    for error in [nil, "EPERM"] {
      let sighting = Sighting("K1.io-uring", outcome, error: error, "some \"text\"")
      let bytes = try CanonicalJSON.encode(sighting.json)
      #expect(Sighting(try JSONParser.parse(bytes)) == sighting)
    }
  }

  @Test("other values are no sighting", arguments: ["{}", "[]", #"{"id":"a","outcome":"other","text":""}"#])
  func noSighting(_ text: String) throws {
    #expect(Sighting(try JSONParser.parse(text)) == nil)
  }

  @Test("an answer is somebody's by what is in it")
  func answers() {
    let ours = HTTPAnswer(Array("HTTP/1.1 403 Forbidden\r\nx-sallyport-rule: a\r\n\r\n".utf8))
    #expect(ours?.found().outcome == .sallyport)
    let theirs = HTTPAnswer(Array("HTTP/1.1 200 OK\r\nX-Sallyport-Verify: a\r\n\r\n".utf8))
    #expect(theirs?.found().outcome == .succeeded)
    #expect(theirs?.found(isAllowed: true).outcome == .destination)
    let other = HTTPAnswer(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
    #expect(other?.found().outcome == .succeeded)
    #expect(HTTPAnswer(Array("SSH-2.0-x\r\n".utf8)) == nil)
  }
}
