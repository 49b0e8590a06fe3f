internal import Compression
internal import Decoding
internal import Testing

/// Compressed texts that nobody announced.
@Suite struct CarvingTests {
  private static let secret = Array("GITHUB_TOKEN=\(LayerTests.secret)\n".utf8)

  private func texts(_ body: [UInt8], _ layers: [String], cuts: [Int] = [], pauses: Bool = false) -> [[UInt8]] {
    decode(body, cuts: cuts, pauses: pauses).collector.readings.values.filter { $0.layers == layers }.map(\.bytes)
  }

  @Test(
    "a gzip or zstd text of several members is one stream, however it is cut", arguments: [ContentCoding.gzip, .zstd])
  func members(_ coding: ContentCoding) throws {
    // More than a block of them, so that they go on in the next.
    let lines = (0..<600).map { Array("line \($0) of the log, and what it says\n".utf8) }
    let members = try lines.map { try compressed($0, coding) }
    let body = Array(members.joined())
    let text = Array(lines.joined())
    #expect(body.count > 3 * 8192)
    #expect(texts(body, [coding.rawValue]) == [text])
    for cut in [1, members[0].count, members[0].count + 2, 8192, 8193, body.count / 2, body.count - 30, body.count - 1]
    {
      #expect(texts(body, [coding.rawValue], cuts: [cut]) == [text], "\(cut)")
      #expect(texts(body, [coding.rawValue], cuts: [cut], pauses: true) == [text], "\(cut)")
    }
  }

  @Test("lines of gzip in base64 are decompressed once")
  func lines() throws {
    let line = try #require(
      try (0..<9).lazy.map { try compressed(Array("some text\(String(repeating: "!", count: $0))".utf8), .gzip) }
        .first { $0.count % 3 == 0 })
    let body = Array(String(repeating: base64(line) + "\n", count: 100).utf8)
    let all = texts(body, ["base64", "gzip"])
    #expect(all.count == 1)
    #expect(all.reduce(0) { $0 + $1.count } < 100 * 20)
  }

  @Test("what stands behind a text that ends, and behind one that is cut, is found by itself")
  func apart() throws {
    let other = try compressed(Array("another text".utf8), .gzip)
    let found = try compressed(Self.secret, .gzip)
    #expect(texts(other + Array("between".utf8) + found, ["gzip"]).contains(Self.secret))
    #expect(texts(other.dropLast(12) + found, ["gzip"]).contains(Self.secret))
    #expect(texts(other.dropLast(4) + [1, 2, 3, 4] + found, ["gzip"]).contains(Self.secret))
  }

  @Test("heads that hold each other open are on record, and cost no more than a few")
  func open() {
    // A name that does not end (RFC 1952 §2.3.1).
    let head: [UInt8] = [0x1f, 0x8b, 8, 8, 1, 1, 1, 1, 1, 1]
    let body = (0..<100).flatMap { _ in head } + [UInt8](repeating: 0x61, count: 20_000)
    let (collector, issues) = decode(body)
    #expect(!issues.isEmpty && issues.allSatisfy { $0.kind == .tooLarge })
    #expect(collector.readings.count < 40)
  }

  // MARK: Archives

  /// A file in a ZIP archive (APPNOTE.TXT §4.3.7).
  private func archive(_ content: [UInt8], isStored: Bool = false) throws -> [UInt8] {
    let packed = isStored ? content : Array(try compressed(content, .deflate).dropFirst(2).dropLast(4))
    let sizes = [packed.count, content.count].flatMap { count in [0, 8, 16, 24].map { UInt8(count >> $0 & 0xff) } }
    return [0x50, 0x4b, 3, 4, 20, 0, 0, 0, isStored ? 0 : 8, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + [1, 0, 0, 0, 0x61]
      + packed
  }

  @Test("an archive in an archive is looked into")
  func archives() throws {
    let inner = try archive(Self.secret)
    #expect(texts(try archive(inner), ["deflate", "deflate"]) == [Self.secret])
    #expect(texts(try archive(inner, isStored: true), ["deflate"]) == [Self.secret])
    #expect(texts(Array(base64(try archive(inner)).utf8), ["base64", "deflate", "deflate"]) == [Self.secret])
    // What stands alone in zlib's form has no head but this one.
    #expect(texts(Array("x ".utf8) + (try compressed(inner, .deflate)), ["deflate", "deflate"]) == [Self.secret])
  }

  @Test(
    "a file in an archive is read whatever it begins with",
    arguments: [
      // Latin-1, Shift-JIS, a class of Java, a pickle.
      [0x23, 0x20, 0x53, 0x63, 0x68, 0x6c, 0xfc, 0x73, 0x73, 0x65, 0x6c, 0x0a], [0x83, 0x4c, 0x81, 0x5b, 0x0a],
      [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, 0, 9, 10, 0], [0x80, 4, 0x95, 0x2e, 0, 0, 0, 0, 0, 0, 0, 0x7d, 0x94],
    ] as [[UInt8]])
  func others(_ beginning: [UInt8]) throws {
    #expect(texts(try archive(beginning + Self.secret), ["deflate"]) == [beginning + Self.secret])
  }

  @Test("every file of an archive is looked into, however many there are")
  func many() throws {
    let others = try (0..<1_000).flatMap { _ in try archive(Array("a".utf8)) + [UInt8](repeating: 0, count: 47) }
    #expect(texts(others + (try archive(Self.secret)), ["deflate"]).contains(Self.secret))
  }

  @Test("archives too deep within each other are told")
  func deepArchives() throws {
    var nested = Self.secret
    for _ in 0...DecodingLimits.standard.maximumDepth { nested = try archive(nested) }
    #expect(decode(nested).1.map(\.kind) == [.tooDeep])
  }

  // MARK: zlib

  @Test("zlib is found in the midst of a file at every level", arguments: [0x01, 0x5e, 0x9c, 0xda] as [UInt8])
  func levels(_ flags: UInt8) throws {
    var stream = try compressed(Self.secret, .deflate)
    // The head says what level it was made with, and no more.
    stream[1] = flags
    let body = Array("%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n".utf8) + stream + Array("\nendstream".utf8)
    #expect(texts(body, ["deflate"]) == [Self.secret])
  }

  @Test("powers in formulas are no compressed text")
  func formulas() {
    let text = "f = " + String(repeating: "x^2 + x^mé + x^{n+1} and x^\n", count: 40)
    #expect(decode(Array(text.utf8)).collector.readings.values.allSatisfy { !$0.layers.contains("deflate") })
  }
}
