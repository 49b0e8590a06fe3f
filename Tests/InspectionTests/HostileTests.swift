internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

#if canImport(Glibc)
  internal import Glibc
#endif

@Suite struct HostileTests {
  private func opaque(_ inspected: Inspected) -> [String] {
    inspected.findings.filter { $0.dataClass == .opaque }.map(\.detector)
  }

  @Test(
    "a compressed body that becomes too large is opaque, and stops there", arguments: ["gzip", "deflate", "br", "zstd"])
  func bomb(_ coding: String) throws {
    var limits = DecodingLimits()
    limits.maximumExpandedBytes = 1 << 20
    let body = try Encode.compressed(
      [UInt8](repeating: UInt8(ascii: "a"), count: 8 << 20), try #require(ContentCoding(rawValue: coding)))
    let inspected = try inspect(body, ContentDescription(contentCodings: [coding]), limits: limits)
    #expect(opaque(inspected) == ["decompression-bomb"])
    // All blocks up to the one in which it became too large.
    #expect(inspected.findings[0].span == Span(0, min(body.count, limits.blockBytes)))
  }

  @Test("a bomb in base64 is opaque, too")
  func nestedBomb() throws {
    var limits = DecodingLimits()
    limits.maximumExpandedBytes = 1 << 20
    let inner = try Encode.compressed([UInt8](repeating: 0x61, count: 8 << 20), .gzip)
    #expect(opaque(try inspect(Encode.base64(inner), limits: limits)) == ["decompression-bomb"])
    let twice = try Encode.compressed(inner, .gzip)
    #expect(opaque(try inspect(twice, limits: limits)) == ["decompression-bomb"])
  }

  @Test("encodings within each other beyond the limit are opaque")
  func depth() throws {
    var text = Array("deep down \"here\" is a text of some length\n".utf8)
    for _ in 0..<12 { text = Encode.base64(text) }
    #expect(opaque(try inspect(text)).contains("nesting-too-deep"))
    var json = Array("x\n".utf8)
    for _ in 0..<12 { json = Encode.json(json) }
    #expect(opaque(try inspect(json)).contains("nesting-too-deep"))
    let codings = ContentDescription(contentCodings: Array(repeating: "gzip", count: 12))
    #expect(opaque(try inspect(Array("x".utf8), codings)).contains("nesting-too-deep"))
  }

  @Test("a row of threes, which in hexadecimal digits is one of threes, is nothing that is deep; what follows it is")
  func digitsThatStandForThemselves() throws {
    let threes = [UInt8](repeating: UInt8(ascii: "3"), count: 100_000)
    #expect(opaque(try inspect(threes)).isEmpty)
    var deep = Array("deep down \"here\" is a text of some length\n".utf8)
    for _ in 0..<12 { deep = Encode.hex(deep) }
    #expect(opaque(try inspect(threes + deep)).contains("nesting-too-deep"))
    let shallow = threes + Encode.hex(Encode.hex(Array("some text that is some_token here".utf8)))
    #expect(opaque(try inspect(shallow)).isEmpty)
  }

  @Test("a body that is not in its coding, is cut, goes on, or is in an unknown coding is opaque")
  func undecodable() throws {
    let body = try Encode.compressed(Array("some text that is compressed".utf8), .gzip)
    for (bytes, codings) in [
      (Array("plain".utf8), ["gzip"]), (Array(body.dropLast(3)), ["gzip"]), (body + [1, 2, 3], ["gzip"]),
      (body, ["br"]), (body, ["gzip", "gzip"]), (body, ["lzma"]), (body, ["gzip", "x-own"]),
    ] {
      let inspected = try inspect(bytes, ContentDescription(contentCodings: codings))
      #expect(opaque(inspected) == ["undecodable-body"], "\(codings)")
      #expect(inspected.findings[0].span == Span(0, bytes.count), "\(codings)")
    }
    #expect(opaque(try inspect([], ContentDescription(contentCodings: ["gzip"]))).isEmpty)
    #expect(opaque(try inspect(Array("x".utf8), ContentDescription(contentCodings: ["identity"]))).isEmpty)
  }

  @Test("plain text behind a coding that it is not in is still seen")
  func lyingCoding() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    for coding in ["gzip", "br", "zstd", "lzma"] {
      let inspected = try inspect(Array(rule.examples[0].utf8), ContentDescription(contentCodings: [coding]))
      #expect(inspected.findings.contains { $0.detector == "github-token" })
      #expect(opaque(inspected) == ["undecodable-body"])
    }
  }

  @Test("work is bounded, however text is made of escapes")
  func work() throws {
    var limits = DecodingLimits()
    limits.minimumWork = 10_000
    limits.maximumWorkFactor = 1
    let body = [UInt8](repeating: UInt8(ascii: "\\"), count: 100_000)
    #expect(!opaque(try inspect(body, limits: limits)).isEmpty)
    let percents = Array(String(repeating: "%2525252525", count: 10_000).utf8)
    _ = try inspect(percents)
  }

  @Test("many starts of compressed text are not followed without end")
  func manyHeads() throws {
    let head: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    let body = (0..<2000).flatMap { _ in head }
    #expect(opaque(try inspect(body)) == ["decompression-bomb"])
  }

  @Test("random bytes and random text never crash and seldom hold anything")
  func random() throws {
    var source = Seeded(21)
    let alphabets: [[UInt8]] = [
      Array(0...255), Array(#"\"nu0123%25=+/eyJ. ":{}"#.utf8), Array("ABCDEFabcdef0123456789+/=\r\n".utf8),
      [0, 0x61, 0x1f, 0x8b, 8, 0x28, 0xb5, 0x2f, 0xfd, 0x78, 0x9c],
      Array("-----BEGIN PRIVATE KEY \\nsecret=\"'ghp_".utf8),
    ]
    let contents = [
      ContentDescription.none, ContentDescription(contentType: "application/x-www-form-urlencoded"),
      ContentDescription(contentCodings: ["gzip"]), ContentDescription(contentCodings: ["br", "deflate"]),
    ]
    for round in 0..<400 {
      let alphabet = alphabets[round % alphabets.count]
      let body = (0..<Int.random(in: 0...3000, using: &source)).map { _ in alphabet.randomElement(using: &source) ?? 0 }
      let content = contents[round % contents.count]
      let whole = try inspect(body, content)
      #expect(whole.inspectedBytes == body.count)
      let cut = Int.random(in: 0...body.count, using: &source)
      let parts = try inspect(body, content, cuts: [cut])
      #expect(parts == whole)
    }
  }

  @Test("messages put together of cut encodings and long runs never crash, and chunks change nothing")
  func patchwork() throws {
    var source = Seeded(23)
    let text = try Detectors.rules.get().prefix(4).flatMap { Array("\($0.examples[0])\n".utf8) }
    let alphabets = [
      "0123456789abcdef", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "abc/+-_ =", "4a ", "0x4, ", "=3D\r\n", "a%4",
    ]
    let rounds = Int(getenv("SALLYPORT_ROUNDS").flatMap { String(validatingCString: $0) } ?? "") ?? 60
    for round in 0..<rounds {
      var body: [UInt8] = []
      for _ in 0..<Int.random(in: 1...6, using: &source) {
        let encoding = Encoding.all[Int.random(in: 0..<Encoding.all.count, using: &source)]
        let encoded = try encoding.encode(text)
        body += encoded[Int.random(in: 0...encoded.count, using: &source)...]
        body.removeLast(Int.random(in: 0...body.count / 4, using: &source))
        let alphabet = Array(alphabets[Int.random(in: 0..<alphabets.count, using: &source)].utf8)
        let count = Int.random(in: 0...[0, 40, 5000][Int.random(in: 0..<3, using: &source)], using: &source)
        body += (0..<count).map { _ in alphabet.randomElement(using: &source) ?? 0 }
      }
      let whole = try inspect(body)
      let cuts = (0..<3).map { _ in Int.random(in: 0...body.count, using: &source) }
      let parts = try inspect(body, cuts: cuts)
      #expect(parts == whole, "\(round)")
      for finding in whole.findings { #expect(finding.span.end <= body.count, "\(round)") }
      var inspector = MessageInspector(try Detectors.set(), place: .body)
      body.prefix(cuts[0]).withUnsafeBytes { inspector.inspect($0) }
      _ = inspector.findingsSoFar()
      body.dropFirst(cuts[0]).withUnsafeBytes { inspector.inspect($0) }
      let paused = inspector.finish()
      #expect(Set(paused.findings.map(\.fingerprint)) == Set(whole.findings.map(\.fingerprint)), "\(round)")
    }
  }

  @Test("digits that end within a long token are let go there")
  func digitsThatEnd() throws {
    let head = try Encode.hex(Encode.compressed(Array("some text, not long".utf8), .gzip).dropLast(2))
    for length in [0, 24, 4000, 4200, 9000] {
      let body = head + [UInt8](repeating: UInt8(ascii: "g"), count: length) + head
      _ = try inspect(body, cuts: Array(stride(from: 0, to: body.count, by: 1000)))
    }
  }

  @Test("mangled messages never crash")
  func mangled() throws {
    var source = Seeded(22)
    let text = try Detectors.rules.get().prefix(12).flatMap { Array("\($0.examples[0])\n".utf8) }
    for encoding in Encoding.all {
      let body = try encoding.encode(text)
      for _ in 0..<10 {
        var copy = body
        for _ in 0..<5 {
          copy[Int.random(in: 0..<copy.count, using: &source)] = UInt8.random(in: 0...255, using: &source)
        }
        let inspected = try inspect(copy, encoding.content)
        for finding in inspected.findings { #expect(finding.span.end <= copy.count) }
      }
    }
  }
}
